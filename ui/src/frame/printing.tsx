/** Printing: a private screen asks whether names may go on paper. */

import { type ReactNode, useCallback, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslations } from "use-intl";

import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { choose, preferences } from "./preferences";

interface Printing {
  /** Prints, once it is known whether names may be on the paper. */
  print: () => void;
  /** Whether the page is to look as on paper now. */
  isPrinting: boolean;
  /** To be shown somewhere: asks about names on a private screen. */
  question: ReactNode;
}

/** The way to paper. */
export function usePrinting(): Printing {
  const t = useTranslations("frame");
  const [isPrinting, setIsPrinting] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const print = useCallback(() => {
    flushSync(() => {
      setIsAsked(false);
      setIsPrinting(true);
    });
    window.print();
    setIsPrinting(false);
  }, []);
  const withNames = () => {
    flushSync(() => choose({ isPrivate: false }));
    print();
    choose({ isPrivate: true });
  };
  return {
    print: useCallback(() => (preferences().isPrivate ? setIsAsked(true) : print()), [print]),
    isPrinting,
    question: isAsked && (
      <Dialog title={t("printTitle")} isOpen onClose={() => setIsAsked(false)}>
        <p className="p-4">{t("printPrivately")}</p>
        <footer className="flex justify-end gap-2 border-hairline border-t px-4 py-3">
          <Button onPress={() => setIsAsked(false)}>{t("cancel")}</Button>
          <Button onPress={withNames}>{t("printNames")}</Button>
          <Button isPrimary onPress={print}>
            {t("printInitials")}
          </Button>
        </footer>
      </Dialog>
    ),
  };
}
