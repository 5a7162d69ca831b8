import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

type BannerTone = "warn" | "good" | "quiet";

const looks: Readonly<Record<BannerTone, { className: string; icon: IconName }>> = {
  warn: { className: "ct-banner", icon: "off" },
  good: { className: "ct-banner ct-banner--good", icon: "check" },
  quiet: { className: "ct-banner ct-banner--quiet", icon: "search" },
};

/** Across the top, only when it touches the whole page: says what still works. */
export function Banner({ tone, icon, children }: { tone: BannerTone; icon?: IconName; children: ReactNode }) {
  const look = looks[tone];
  return (
    <div className={look.className} role="status">
      <Icon name={icon ?? look.icon} />
      <span className="ct-grow">{children}</span>
    </div>
  );
}

export function OfflineBanner() {
  return (
    <Banner tone="warn">
      <b>You are offline.</b> Keep writing: what you write stays on this device until you are back.
    </Banner>
  );
}

export function BackBanner() {
  return <Banner tone="good">Back online. Changes appear again as they happen.</Banner>;
}

/** The search server rests: what is slower, and what still works. */
export function BasicSearchBanner({ narrowedTo }: { narrowedTo?: number | undefined }) {
  return (
    <Banner tone="quiet">
      <b>Basic search.</b> Spelling help and similar issues are resting.
      {narrowedTo ? ` Only the latest ${narrowedTo} issues of each state were looked through.` : ""} Everything else
      works.
    </Banner>
  );
}

/** The list is only a part: never shown as if it were all. */
export function NarrowedBanner({ narrowedTo }: { narrowedTo: number }) {
  return (
    <Banner tone="quiet">
      <b>Narrowed to the latest {narrowedTo} of each state.</b> Take a filter away to look through everything.
    </Banner>
  );
}
