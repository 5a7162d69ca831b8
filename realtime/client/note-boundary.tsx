import { Component, type ReactNode } from "react";

interface NoteBoundaryProps {
  children: ReactNode;
  /** What is shown when the editor has failed. `again` tries once more. */
  fallback(again: () => void): ReactNode;
}

/** A fault in the editor takes nothing else of the page with it. */
export class NoteBoundary extends Component<NoteBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return this.props.fallback(() => this.setState({ failed: false }));
  }
}
