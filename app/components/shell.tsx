import { Form, Link, useLocation } from "@remix-run/react";
import type { ReactNode } from "react";
import { Face } from "./face";
import { Icon, type IconName } from "./icon";
import { Mark } from "./mark";
import { Menu } from "./menu";
import { SearchOpener } from "./search-opener";
import type { Frame, Viewer } from "./viewer";

export type LiveState = "live" | "connecting" | "off" | "signed-out";

interface ShellProps {
  frame: Frame & { viewer: Viewer };
  live: LiveState;
  /** Banners that touch the whole page. */
  banner?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: a rail above 1200 px, below it a top bar and five tabs at the foot. */
export function Shell({ frame, live, banner, children }: ShellProps) {
  return (
    <div className="ct-shell">
      <header className="ct-rail">
        <Brand system={frame.system.name} />
        <SearchOpener />
        {frame.viewer.mayRaise ? (
          <Link className="nhsuk-button" to="/issues/new">
            <Icon name="plus" />
            Raise an issue
          </Link>
        ) : null}
        <nav className="ct-nav" aria-label="Main">
          <MainLink to="/" icon="home" name="Home" />
          <MainLink to="/issues" icon="board" name="Board" />
          <MainLink to="/inbox" icon="inbox" name="Inbox">
            <Unread count={frame.unread} />
          </MainLink>
          <MainLink to="/themes" icon="themes" name="Themes" />
          <MainLink to="/help" icon="help" name="Help" />
        </nav>
        <div className="ct-rail__foot">
          <LiveMark live={live} />
          <Me viewer={frame.viewer} />
          {frame.system.demo ? <p className="ct-demo">Demonstration: made-up people and issues.</p> : null}
        </div>
      </header>
      <div className="ct-main ct-main--sunk">
        <header className="ct-phonebar">
          <Brand system={frame.system.name} />
          {frame.system.demo ? <DemoChip /> : null}
          <SearchOpener narrow />
          <Link className="ct-plain" to="/more">
            <Face name={frame.viewer.name} side={frame.viewer.side} />
            <span className="nhsuk-u-visually-hidden">
              You: {frame.viewer.name}, {frame.viewer.what}
            </span>
          </Link>
        </header>
        {banner}
        <main id="main" className="ct-page" tabIndex={-1}>
          {children}
        </main>
      </div>
      <Tabs unread={frame.unread} mayRaise={frame.viewer.mayRaise} />
    </div>
  );
}

interface PageTopProps {
  title: string;
  sub?: ReactNode;
  /** At the right: the page's own search box, or what it has to say. */
  aside?: ReactNode;
}

/** The bar at the top of a page: its title. */
export function PageTop({ title, sub, aside }: PageTopProps) {
  return (
    <div className="ct-top">
      <h1>{title}</h1>
      {sub ? <span className="ct-top__sub">{sub}</span> : null}
      <span className="ct-grow" />
      {aside}
    </div>
  );
}

export function Brand({ system }: { system: string }) {
  return (
    <Link className="ct-brand" to="/">
      <Mark />
      <span>
        Common Thread
        <small>{system}</small>
      </span>
    </Link>
  );
}

/** Says on narrow screens what the rail says on wide ones. */
export function DemoChip() {
  return (
    <span className="ct-chip ct-chip--warn">
      Demo<span className="nhsuk-u-visually-hidden">nstration: made-up people and issues</span>
    </span>
  );
}

function MainLink({ to, icon, name, children }: { to: string; icon: IconName; name: string; children?: ReactNode }) {
  const current = useIsCurrent(to);
  return (
    <Link to={to} aria-current={current ? "page" : undefined}>
      <Icon name={icon} />
      {name}
      {children}
    </Link>
  );
}

/** A thread belongs to the board; raising has its own button. */
function useIsCurrent(to: string): boolean {
  const { pathname } = useLocation();
  if (to === "/") return pathname === "/";
  if (pathname === "/issues/new") return to === pathname;
  return pathname === to || pathname.startsWith(`${to}/`);
}

/** Counting stops at 100: more than that is "99+". */
function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="ct-count ct-count--new">
      {count > 99 ? "99+" : count}
      <span className="nhsuk-u-visually-hidden"> unread</span>
    </span>
  );
}

const liveWords: Readonly<Record<LiveState, readonly [string, string]>> = {
  live: ["Live", ": changes appear as they happen"],
  connecting: ["Connecting", ": changes appear once connected"],
  off: ["Not connected", ": this page may be behind"],
  "signed-out": ["Signed out", ": this page may be behind"],
};

function LiveMark({ live }: { live: LiveState }) {
  const [words, more] = liveWords[live];
  return (
    <span className={live === "live" ? "ct-live ct-js-only" : "ct-live ct-live--off ct-js-only"} role="status">
      <span>
        {words}
        <span className="nhsuk-u-visually-hidden">{more}</span>
      </span>
    </span>
  );
}

function Me({ viewer }: { viewer: Viewer }) {
  const { pathname, search } = useLocation();
  return (
    <div className="ct-me-menu">
      <Menu
        className="ct-me-menu__label"
        opens="up"
        closeOn={pathname + search + viewer.what}
        label={
          <>
            <Face name={viewer.name} side={viewer.side} />
            <span>
              <b>{viewer.name}</b>
              <br />
              {viewer.what}
              <span className="nhsuk-u-visually-hidden">: change role, appearance, sign out</span>
            </span>
          </>
        }
      >
        <HatForms viewer={viewer} back={pathname + search} />
        <Link to="/more">Appearance and keys</Link>
        <Link to="/sign-out">Sign out</Link>
      </Menu>
    </div>
  );
}

/** The hats this person holds, each a button. Switching is always visible: the frame says which is worn. */
export function HatForms({ viewer, back }: { viewer: Viewer; back: string }) {
  if (viewer.hats.length < 2) return null;
  return (
    <Form method="post" action="/hat">
      <input type="hidden" name="back" value={back} />
      <p className="ct-menu__label">You act as</p>
      {viewer.hats.map((hat) => (
        <button key={hat.post} type="submit" name="post" value={hat.post} aria-current={hat.worn ? "true" : undefined}>
          {hat.what}
          {hat.worn ? <Icon name="check" small label="now" /> : null}
        </button>
      ))}
    </Form>
  );
}

function RaiseTab() {
  const current = useIsCurrent("/issues/new");
  return (
    <Link className="ct-tabs__raise" to="/issues/new" aria-current={current ? "page" : undefined}>
      <Icon name="plus" />
      Raise
    </Link>
  );
}

function Tabs({ unread, mayRaise }: { unread: number; mayRaise: boolean }) {
  return (
    <nav className="ct-tabs" aria-label="Main, short">
      <MainLink to="/" icon="home" name="Home" />
      <MainLink to="/issues" icon="board" name="Board" />
      {mayRaise ? <RaiseTab /> : <MainLink to="/help" icon="help" name="Help" />}
      <MainLink to="/inbox" icon="inbox" name="Inbox">
        <Unread count={unread} />
      </MainLink>
      <MainLink to="/more" icon="menu" name="More" />
    </nav>
  );
}
