import { BackBanner, Banner, OfflineBanner } from "./banner";
import { SignInAgain } from "./sign-in-again";
import type { Network } from "./use-online";

/** What touches every page: the session has ended, the device is offline, or it is back. One at a time. */
export function FrameBanner({ network, signedOut }: { network: Network; signedOut: boolean }) {
  if (network === "offline") return <OfflineBanner />;
  if (signedOut) {
    return (
      <Banner tone="warn" icon="lock">
        <b>Signed out.</b> This page may be behind, and nothing is sent. What you wrote here stays while it is open.{" "}
        <SignInAgain />
      </Banner>
    );
  }
  return network === "back" ? <BackBanner /> : null;
}
