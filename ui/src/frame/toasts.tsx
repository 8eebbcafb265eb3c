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
import { useFoot } from "./foot";

/** What a toast offers to do about a change. */
export interface Offer {
  turn: "undo" | "redo";
  /** The change's number; none where it is whichever comes next. */
  entry: number | undefined;
  /** The record that was changed, where it is one. */
  about?: string | undefined;
}

/** What a toast says, and what can be done about it at once. */
export interface Message {
  /** Given the way to show names, where it names somebody: a private screen shortens them. */
  text: string | ((shown: (name: string) => ReactNode) => ReactNode);
  isFault?: boolean;
  /** Whether it goes by itself although something went wrong: nothing is lost by it. */
  isPassing?: boolean;
  action?: { label: string; onPress: () => void; offer: Offer };
}

/** How many toasts stand one above the other. */
const MOST = 3;
/** How far they keep from the window's foot, in pixels. */
const MARGIN = 16;

const queue = new ToastQueue<Message>({ maxVisibleToasts: MOST });

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
  if (queue.visibleToasts.length === MOST) {
    // It is gone, and does not come back when there is room again; what went wrong does.
    const oldest = queue.visibleToasts.findLast(({ timeout }) => timeout !== undefined);
    if (oldest) {
      queue.close(oldest.key);
    }
  }
  queue.add(message, message.isFault && !message.isPassing ? {} : { timeout: 8000 });
}

/** Says why something went wrong. */
export const tellFault = (error: unknown) =>
  tell({ text: error instanceof Error ? error.message : String(error), isFault: true });

/** What the toasts offer, the newest first. */
export const offers = (): Offer[] =>
  queue.visibleToasts.flatMap(({ content }) => content.action?.offer ?? []);

/** Takes away the toasts that offer what can no longer be done. */
export function endOffers(isOver: (offer: Offer) => boolean) {
  for (const { key, content } of queue.visibleToasts) {
    if (content.action && isOver(content.action.offer)) {
      queue.close(key);
    }
  }
}

/** Where toasts appear. */
export function Toasts() {
  const t = useTranslations("frame");
  const name = useNames();
  const foot = useFoot();
  const said = ({ text }: Message) =>
    typeof text === "string" ? text : text((whole) => <bdi key={whole}>{name(whole)}</bdi>);
  return (
    <ToastRegion
      queue={queue}
      aria-label={t("messages")}
      style={{ bottom: foot + MARGIN }}
      className="fixed right-4 z-50 flex max-w-[calc(100vw-2rem)] flex-col items-stretch gap-2 outline-none print:hidden"
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

/** Takes every toast away, also those that wait for room. */
export const clearToasts = () => queue.clear();
