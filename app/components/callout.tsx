import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

interface CalloutProps {
  icon: IconName;
  tone?: "warn" | "bad" | "good" | "accent";
  id?: string;
  role?: "status" | "alert";
  children: ReactNode;
}

/** A message in its place on the page. */
export function Callout({ icon, tone, id, role, children }: CalloutProps) {
  return (
    <div className={tone ? `ct-callout ct-callout--${tone}` : "ct-callout"} id={id} role={role}>
      <Icon name={icon} />
      {children}
    </div>
  );
}

/** The fixed line: this is not for a patient who needs care now. */
export function NotForUrgentCare() {
  return (
    <Callout icon="phone">
      <p className="ct-s">
        <b>Is one patient at risk now?</b> Do not wait for an answer here. Ring the ward or service, or use Advice &amp;
        Guidance.
      </p>
    </Callout>
  );
}
