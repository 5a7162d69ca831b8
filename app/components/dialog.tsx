import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "./icon";

interface DialogProps {
  open: boolean;
  title: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog: the browser keeps the focus inside and gives it back. */
export function Dialog({ open, title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog className="ct-dialog" ref={element} aria-labelledby={titleId} onClose={onClose}>
      <div className="ct-dialog__head">
        <h2 id={titleId}>{title}</h2>
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small ct-icon-button"
          aria-label="Close"
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      </div>
      <div className="ct-dialog__body ct-stack">{children}</div>
    </dialog>
  );
}
