import { Link } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { Face } from "../../components/face";
import { Icon } from "../../components/icon";
import { ReopenedGlyph, StateGlyph } from "../../components/state-mark";
import type { LineItem, MarkItem, PostItem, ThreadView } from "./thread-view";
import { useWholeLine } from "./use-whole-line";

interface LineProps {
  view: ThreadView;
  /** Names of others who look at it now. */
  here: readonly string[];
}

/** The thread itself: what was raised, then what was said and what happened. */
export function Line({ view, here }: LineProps) {
  const { reference } = view;
  const line = useWholeLine(reference, view.line);
  const [raised, ...rest] = line.items;
  const post = (item: LineItem) => <Item key={item.key} item={item} here={here} kind={view.head.kind} />;
  return (
    <>
      <div className="ct-line">
        {raised ? post(raised) : null}
        {line.earlier ? (
          <p className="ct-earlier">
            <Link
              className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
              to={line.earlier}
              onClick={line.showEarlier}
              aria-busy={line.busy || undefined}
            >
              {line.busy ? "Loading earlier replies" : "Show earlier replies"}
            </Link>
          </p>
        ) : null}
        {rest.map(post)}
      </div>
      {view.line.past ? (
        <p className="ct-earlier">
          <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to={`/issues/${reference}`}>
            Show the latest
          </Link>
        </p>
      ) : null}
      <Announcer items={view.line.items} />
    </>
  );
}

function Item({ item, here, kind }: { item: LineItem; here: readonly string[]; kind: string }) {
  switch (item.kind) {
    case "new":
      return <div className="ct-new">{item.words}</div>;
    case "mark":
      return <Mark mark={item} />;
    case "internal":
      return <InternalNote post={item} here={here.includes(item.by.name)} />;
    default:
      return <Post post={item} here={here.includes(item.by.name)} kind={item.kind === "raised" ? kind : null} />;
  }
}

function Post({ post, here, kind }: { post: PostItem; here: boolean; kind: string | null }) {
  return (
    <article className="ct-post" id={post.key}>
      <Face {...post.by} here={here} />
      <div>
        <header className="ct-post__by">
          <b>{post.by.name}</b>
          <small>
            <time dateTime={post.at}>{post.when}</time>
          </small>
          <small>{post.what}</small>
          {post.kind === "joined" ? <span className="ct-chip">Us too</span> : null}
        </header>
        <div className="ct-post__text">
          <Paragraphs text={post.text} />
          {kind ? <p className="ct-s ct-2">{kind}</p> : null}
        </div>
      </div>
    </article>
  );
}

function InternalNote({ post, here }: { post: PostItem; here: boolean }) {
  return (
    <article className="ct-post ct-post--inside" id={post.key}>
      <Face {...post.by} here={here} />
      <div className="ct-post__box">
        <div className="ct-post__by">
          <span className="ct-inside">
            <Icon name="lock" small />
            {post.note}
          </span>
        </div>
        <header className="ct-post__by">
          <b>{post.by.name}</b>
          <small>
            <time dateTime={post.at}>{post.when}</time>
          </small>
        </header>
        <div className="ct-text">
          <Paragraphs text={post.text} />
        </div>
      </div>
    </article>
  );
}

function Mark({ mark }: { mark: MarkItem }) {
  return (
    <div className="ct-post ct-event">
      <span className="ct-event__dot">
        <MarkGlyph mark={mark} />
      </span>
      <span>
        {mark.name ? <b>{mark.name}</b> : null} {mark.words}
        {mark.said ? <span className="ct-keptwords">: “{mark.said}”</span> : "."}{" "}
        <time dateTime={mark.at}>{mark.when}</time>
      </span>
    </div>
  );
}

function MarkGlyph({ mark }: { mark: MarkItem }) {
  if (mark.mark === "sent") return <Icon name="arrow" small />;
  if (mark.mark === "reopened") return <ReopenedGlyph />;
  if (mark.mark === "state" && mark.state) return <StateGlyph state={mark.state} />;
  return <Icon name="note" small />;
}

/** Paragraphs as they were written; single line breaks stay. */
function Paragraphs({ text }: { text: string }) {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a text have no other identity
      <p key={at} className="ct-keptwords">
        {paragraph}
      </p>
    ));
}

/** Says politely what others added while the page was open. Moves nothing. */
function Announcer({ items }: { items: readonly LineItem[] }) {
  const known = useRef<ReadonlySet<string> | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const before = known.current;
    known.current = new Set(items.map((each) => each.key));
    const news = before ? items.filter((each) => !before.has(each.key) && isNews(each)) : [];
    if (news.length > 0) setWords(news.slice(-saidAtOnce).map(newsWords).join(". "));
  }, [items]);
  return (
    <p className="nhsuk-u-visually-hidden" role="status">
      {words}
    </p>
  );
}

const saidAtOnce = 3;

function isNews(item: LineItem): boolean {
  return item.kind === "mark" || (item.kind !== "new" && !item.mine);
}

function newsWords(item: LineItem): string {
  switch (item.kind) {
    case "new":
      return "";
    case "mark":
      return `${item.name ?? ""} ${item.words}`.trim();
    case "internal":
      return `New internal note from ${item.by.name}`;
    case "joined":
      return `${item.by.name} said “us too”`;
    default:
      return `New reply from ${item.by.name}`;
  }
}
