import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useListKeys } from "../../components/keys";
import { SegmentLinks } from "../../components/segment";
import { PageTop } from "../../components/shell";
import { useFrame } from "../../components/use-frame";
import { pageTitle } from "../../web/page-title";
import { readNotices } from "../../web/read-notices";
import { requireActor } from "../../web/require-actor";
import { todayWords } from "../../web/time-words";
import { DoNext } from "./do-next";
import { NamedOn } from "./named-on";
import { Numbers } from "./numbers";
import { readNamed } from "./read-named";
import { readQueue } from "./read-queue";
import { Since } from "./since";

const noticesShown = 8;

export const meta = () => pageTitle("What needs you");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = requireActor(context, request);
  const { board } = context;
  const wholeOrganisation = new URL(request.url).searchParams.get("org") === "1" && actor.organisation !== undefined;
  const guest = actor.organisation === undefined;
  const [queue, named, since] = await Promise.all([
    guest ? null : readQueue(board, actor, wholeOrganisation),
    guest ? readNamed(board, actor) : null,
    readNotices(board, actor, { limit: noticesShown }),
  ]);
  return {
    today: todayWords(board.now()),
    wholeOrganisation,
    queue,
    named,
    since,
  };
}

export default function Home() {
  const { today, wholeOrganisation, queue, named, since } = useLoaderData<typeof loader>();
  const mayRaise = useFrame()?.viewer?.mayRaise ?? false;
  useListKeys();
  return (
    <>
      <PageTop title="What needs you" sub={today} />
      <div className="ct-body ct-home">
        <div>
          {queue ? (
            <div className="ct-row ct-between">
              <SegmentLinks
                label="Whose issues"
                choices={[
                  { name: "Yours", to: "/", chosen: !wholeOrganisation },
                  { name: "Your organisation’s", to: "/?org=1", chosen: wholeOrganisation },
                ]}
              />
              <Link className="ct-s" to={`/issues?${queue.scope}=1`}>
                See them on the board
              </Link>
            </div>
          ) : null}
          {queue ? <Numbers queue={queue} /> : null}
          {queue ? <DoNext queue={queue} mayRaise={mayRaise} /> : null}
          {named ? <NamedOn named={named} /> : null}
        </div>
        <div>
          <Since notices={since.items} />
        </div>
      </div>
    </>
  );
}
