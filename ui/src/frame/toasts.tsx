import { X } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { useTranslations } from "use-intl";

import { useNames } from "../lib/words";

/** What a toast says, and what can be done about it at once. */
export interface Message {
  /** Given the way to show names, where it names somebody: a private screen shortens them. */
  text: string | ((shown: (name: string) => ReactNode) => ReactNode);
  isFault?: boolean;
  /** Whether it goes by itself although something went wrong: nothing is lost by it. */
  isPassing?: boolean;
  action?: { label: string; onPress: () => void };
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

/**
 * Says something in passing; what went wrong stays until it is closed. The same is not said twice at once, unless
 * something can be done about what was said first: it may be about another change.
 */
export function tell(message: Message) {
  for (const { key, content } of queue.visibleToasts) {
    if (typeof message.text === "string" && content.text === message.text && !content.action) {
      queue.close(key);
    }
  }
  queue.add(message, message.isFault && !message.isPassing ? {} : { timeout: 8000 });
}

/** Where toasts appear. */
export function Toasts() {
  const t = useTranslations("frame");
  const name = useNames();
  const said = ({ text }: Message) =>
    typeof text === "string" ? text : text((whole) => <bdi key={whole}>{name(whole)}</bdi>);
  return (
    <ToastRegion
      queue={queue}
      aria-label={t("messages")}
      className="fixed right-4 bottom-4 z-50 flex max-w-[calc(100vw-2rem)] flex-col items-end gap-2 outline-none print:hidden"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="flex max-w-[min(46ch,100%)] items-start gap-3 rounded-control border border-edge bg-surface py-2 pr-2 pl-3 shadow-lg outline-accent focus-visible:outline-2"
        >
          <ToastContent className={`min-w-0 flex-1 py-1.5 ${toast.content.isFault ? "text-rule" : ""}`}>
            <span className="line-clamp-4">
              <span className="wrap-anywhere block first-letter:uppercase">{said(toast.content)}</span>
            </span>
          </ToastContent>
          {toast.content.action && (
            <AriaButton
              className="h-8 shrink-0 rounded-control px-2 font-semibold text-accent outline-accent hover:bg-raised focus-visible:outline-2"
              onPress={() => {
                toast.content.action?.onPress();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </AriaButton>
          )}
          <AriaButton
            slot="close"
            aria-label={t("close")}
            className="flex size-8 shrink-0 items-center justify-center rounded-control text-quiet outline-accent hover:bg-raised focus-visible:outline-2"
          >
            <X aria-hidden size={16} />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}

/** Takes every toast away. */
export function clearToasts() {
  for (const toast of queue.visibleToasts) {
    queue.close(toast.key);
  }
}
