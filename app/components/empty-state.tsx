import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** What it means. */
  children?: ReactNode;
  /** The next step. */
  actions?: ReactNode;
  /** Inside a panel: with room around it, and its heading under the panel's. */
  inPanel?: boolean;
}

/** Nothing here: says what it means and what to do. */
export function EmptyState({ icon, title, children, actions, inPanel }: EmptyStateProps) {
  const Heading = inPanel ? "h3" : "h2";
  return (
    <div className={inPanel ? "ct-empty ct-empty--row" : "ct-empty"}>
      <Icon name={icon} />
      <Heading>{title}</Heading>
      {children ? <p className="ct-s ct-2">{children}</p> : null}
      {actions ? <div className="ct-row">{actions}</div> : null}
    </div>
  );
}
