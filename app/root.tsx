import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ErrorResponse,
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useLocation,
  useNavigation,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useConnection, useLiveSession } from "../realtime/client/connection";
import { useLiveNotices } from "../realtime/client/use-live";
import { FaultPage, NotFoundPage, RefusedPage } from "./components/error-page";
import { FrameBanner } from "./components/frame-banner";
import { FrameKeys } from "./components/frame-keys";
import { IconSprite } from "./components/icon";
import { KeysProvider } from "./components/keys";
import { PaletteProvider } from "./components/palette-provider";
import { type LiveState, Shell } from "./components/shell";
import { KeysChoice } from "./components/theme";
import { TypedBackPage } from "./components/typed-back-page";
import { useFocusKept } from "./components/use-focus-kept";
import { useNetwork } from "./components/use-online";
import type { Frame } from "./components/viewer";
import appCss from "./styles/app.scss?url";
import { readAppearance } from "./web/appearance";
import { useNonce } from "./web/nonce";
import { pageTitle } from "./web/page-title";
import { readTypedBack } from "./web/typed-back";
import { viewerOf } from "./web/viewer";

export const links: LinksFunction = () => [
  { rel: "stylesheet", href: appCss },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

const errorTitles: Readonly<Record<number, string>> = {
  401: "Signed out",
  404: "Not found",
  405: "That cannot be done",
};

export const meta: MetaFunction = ({ error }) => {
  if (!error) return pageTitle("Common Thread");
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return pageTitle(errorTitles[status] ?? "Something went wrong");
};

/** Counting unread notices stops here. */
const unreadLimit = 99;

export async function loader({ context, request }: LoaderFunctionArgs): Promise<Frame> {
  const { actor, board } = context;
  return {
    system: { name: board.system.name, demo: board.system.demo },
    viewer: actor ? viewerOf(actor, board) : null,
    unread: actor ? await board.notices.unread(actor.person, unreadLimit) : 0,
    identity: actor ? `${actor.person} ${actor.post ?? ""}` : null,
    requestId: context.requestId,
    ...readAppearance(request),
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const frame = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang="en-GB" data-theme={frame?.theme ?? "system"}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        {import.meta.env.DEV ? <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning /> : null}
        <Meta />
        <Links />
      </head>
      <body className="ct">
        <a className="nhsuk-skip-link" href="#main">
          Skip to main content
        </a>
        <IconSprite />
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return (
    <InFrame frame={useLoaderData<typeof loader>()}>
      <Outlet />
    </InFrame>
  );
}

/** Missing and forbidden look the same; everything else that was thrown is our fault. */
export function ErrorBoundary() {
  const error = useRouteError();
  const frame = useRouteLoaderData<typeof loader>("root");
  const signedIn = Boolean(frame?.viewer);
  return (
    <InFrame frame={frame}>
      {isRouteErrorResponse(error) && error.status < 500 ? (
        <Refusal error={error} signedIn={signedIn} />
      ) : (
        <FaultPage signedIn={signedIn} requestId={frame?.requestId} />
      )}
    </InFrame>
  );
}

function Refusal({ error, signedIn }: { error: ErrorResponse; signedIn: boolean }) {
  const typedBack = readTypedBack(error.data);
  if (typedBack) return <TypedBackPage fields={typedBack} />;
  if (error.status === 405)
    return <RefusedPage signedIn={signedIn} message="Nothing can be sent to this page, so nothing was changed." />;
  return <NotFoundPage signedIn={signedIn} />;
}

/** Rail, bars and keys for whoever is signed in; the page alone for everybody else. */
function InFrame({ frame, children }: { frame: Frame | undefined; children: ReactNode }) {
  useFocusOnArrival();
  useFocusKept();
  useLiveSession(frame?.identity ?? null);
  if (!frame?.viewer) {
    return (
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    );
  }
  return (
    <KeysProvider on={frame.keysOn} foot={<KeysFoot />}>
      <SignedIn frame={{ ...frame, viewer: frame.viewer }}>{children}</SignedIn>
    </KeysProvider>
  );
}

function KeysFoot() {
  return (
    <div className="ct-row ct-between">
      <span className="ct-s ct-2">Keys work when you are not writing.</span>
      <KeysChoice on />
    </div>
  );
}

function SignedIn({
  frame,
  children,
}: {
  frame: Frame & { viewer: NonNullable<Frame["viewer"]> };
  children: ReactNode;
}) {
  const connection = useConnection();
  const network = useNetwork();
  const busy = useNavigation().state === "loading";
  useLiveNotices();
  const live: Readonly<Record<typeof connection, LiveState>> = {
    idle: "connecting",
    connecting: "connecting",
    live: "live",
    reconnecting: "off",
    "signed-out": "signed-out",
  };
  return (
    <PaletteProvider mayRaise={frame.viewer.mayRaise}>
      <FrameKeys mayRaise={frame.viewer.mayRaise} />
      {busy ? <div className="ct-progress" role="progressbar" aria-label="Loading the page" /> : null}
      <Shell
        frame={frame}
        live={network === "offline" ? "off" : live[connection]}
        banner={<FrameBanner network={network} signedOut={connection === "signed-out"} />}
      >
        {children}
      </Shell>
    </PaletteProvider>
  );
}

/** After following a link to another page the focus is at its beginning, as it is after a full load. */
function useFocusOnArrival() {
  const { pathname, hash } = useLocation();
  const arrivedAt = useRef(pathname);
  useEffect(() => {
    if (arrivedAt.current === pathname) return;
    arrivedAt.current = pathname;
    if (hash === "") document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname, hash]);
}
