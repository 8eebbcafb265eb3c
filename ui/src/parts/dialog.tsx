import { type ReactNode, useEffect, useRef } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import { uppermost } from "../lib/shortcuts";
import { useSelectionEnds } from "../lib/use-selection-ends";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** As wide as a list of commands, a card or a form. */
  width?: "narrow" | "card" | "wide";
  /** The title is for screen readers alone. */
  isBare?: boolean;
}

const widths = { narrow: "w-[420px]", card: "w-[520px]", wide: "w-[760px]" };

/** Something that wants an answer before the window goes on; Escape and a press outside close it. */
export function Dialog({ title, isOpen, onClose, children, width = "card", isBare }: DialogProps) {
  const modal = useRef<HTMLDivElement>(null);
  useSelectionEnds(modal);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    // A button may go with what it did, and for a moment nothing has the focus: Escape closes the dialog all the same.
    const onKeyDown = (event: KeyboardEvent) => {
      const isLost = event.target === document.body && !event.defaultPrevented;
      if (event.key === "Escape" && isLost && modal.current && modal.current === uppermost()) {
        event.preventDefault();
        close.current();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <ModalOverlay
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      data-behind
      className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto bg-shade p-6 pt-[9vh] max-sm:p-2"
    >
      <Modal
        ref={modal}
        data-modal
        className={`${widths[width]} max-w-full rounded-control border border-edge bg-surface shadow-xl outline-none`}
      >
        <AriaDialog className="outline-none" {...(isBare && { "aria-label": title })}>
          {!isBare && (
            <Heading slot="title" className="border-hairline border-b px-4 py-3 font-semibold text-title">
              {title}
            </Heading>
          )}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
