import { useEffect, useState } from "react";

import { holdOpen } from "../lib/api";
import { useIsUnsaved } from "../lib/unsaved";
import { later, Nothing } from "../parts/later";

const ClosingDialog = later(() => import("./closing-dialog").then((part) => part.ClosingDialog), Nothing);

/** Asks before the window closes over something that is not saved. */
export function Closing() {
  const isUnsaved = useIsUnsaved();
  const [isAsked, setIsAsked] = useState(false);
  useEffect(() => {
    // Once it has asked, the program closes the window at the next attempt: whoever goes on is asked again.
    if (!isAsked) {
      // A program that does not answer closes without a question.
      holdOpen(isUnsaved, () => setIsAsked(true)).catch(() => {});
    }
  }, [isUnsaved, isAsked]);
  const goOn = () => setIsAsked(false);
  useEffect(() => {
    if (!isUnsaved) {
      setIsAsked(false);
    }
  }, [isUnsaved]);
  return isAsked && isUnsaved ? <ClosingDialog onGoOn={goOn} /> : null;
}
