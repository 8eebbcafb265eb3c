/** Printing: a private screen asks whether names may go on paper. */

import { type ReactNode, useCallback, useState } from "react";
import { flushSync } from "react-dom";

import { overlay } from "../parts/later";
import { choose, preferences } from "./preferences";

const PrintQuestion = overlay(() => import("./print-question").then((part) => part.PrintQuestion));

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
      <PrintQuestion onClose={() => setIsAsked(false)} onNames={withNames} onInitials={print} />
    ),
  };
}
