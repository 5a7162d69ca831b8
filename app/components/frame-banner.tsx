import { Link, useLocation } from "@remix-run/react";
import { BackBanner, Banner, OfflineBanner } from "./banner";
import type { Network } from "./use-online";

/** What touches every page: the session has ended, the device is offline, or it is back. One at a time. */
export function FrameBanner({ network, signedOut }: { network: Network; signedOut: boolean }) {
  const { pathname, search } = useLocation();
  if (network === "offline") return <OfflineBanner />;
  if (signedOut) {
    return (
      <Banner tone="warn" icon="lock">
        <b>Your session has ended.</b> What you wrote is kept on this device.{" "}
        <Link to={`/sign-in?${new URLSearchParams({ to: pathname + search })}`} reloadDocument>
          Sign in again
        </Link>
      </Banner>
    );
  }
  return network === "back" ? <BackBanner /> : null;
}
