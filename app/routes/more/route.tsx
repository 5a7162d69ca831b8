import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link } from "@remix-run/react";
import { Face } from "../../components/face";
import { useKeysState } from "../../components/keys";
import { Panel } from "../../components/panel";
import { HatForms, PageTop } from "../../components/shell";
import { KeysChoice, ThemeChoice } from "../../components/theme";
import { useFrame } from "../../components/use-frame";
import { pageTitle } from "../../web/page-title";
import { requireActor } from "../../web/require-actor";

export const meta = () => pageTitle("You and this device");

export function loader({ context, request }: LoaderFunctionArgs) {
  requireActor(context, request);
  return null;
}

export default function More() {
  const frame = useFrame();
  const { on } = useKeysState();
  if (!frame?.viewer) return null;
  const { viewer } = frame;
  return (
    <>
      <PageTop title="You and this device" />
      <div className="ct-body ct-reading">
        <Panel id="you" title="You" flush>
          <div className="ct-settings">
            <div>
              <span className="ct-row">
                <Face name={viewer.name} side={viewer.side} />
                <span>
                  <b>{viewer.name}</b>
                  <br />
                  {viewer.what}
                </span>
              </span>
              <Link className="nhsuk-button nhsuk-button--small nhsuk-button--secondary" to="/sign-out">
                Sign out
              </Link>
            </div>
            {viewer.hats.length > 1 ? (
              <div className="ct-hats">
                <HatForms viewer={viewer} back="/more" />
              </div>
            ) : null}
          </div>
        </Panel>
        <Panel id="device" title="This device" flush>
          <div className="ct-settings">
            <div>
              <span>Appearance</span>
              <ThemeChoice theme={frame.theme} />
            </div>
            <div>
              <span>
                Single keys
                <br />
                <span className="ct-s ct-2">Such as / to search and j to move on.</span>
              </span>
              <KeysChoice on={on} />
            </div>
          </div>
        </Panel>
        <p className="ct-row">
          <Link to="/themes">Themes</Link>
          <Link to="/help">Help</Link>
          {frame.system.demo ? <span className="ct-demo">Demonstration: made-up people and issues.</span> : null}
        </p>
      </div>
    </>
  );
}
