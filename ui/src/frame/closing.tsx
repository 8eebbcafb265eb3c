import { useEffect, useState } from "react";

import { closeWindow, holdOpen } from "../lib/api";
import { useIsUnsaved } from "../lib/unsaved";
import { overlay } from "../parts/later";
import { tellFault } from "./toasts";

const DiscardDialog = overlay(() => import("./discard-dialog").then((part) => part.DiscardDialog));

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
  return isAsked && isUnsaved ? (
    <DiscardDialog by="closing" onDiscard={() => closeWindow().catch(tellFault)} onStay={goOn} />
  ) : null;
}
