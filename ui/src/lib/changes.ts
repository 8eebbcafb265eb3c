/** Changing something: asks the program, then reads everything on screen again. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";

import { keepUp, useUndo } from "../frame/journal";
import { type Message, tell } from "../frame/toasts";
import type { Saved } from "./api";

/** Makes a change; its error, if any, is for the form to show. */
export function useChange<Values, Answer>(
  change: (values: Values) => Promise<Answer>,
  onDone: (answer: Answer, values: Values) => void = () => {},
) {
  const client = useQueryClient();
  return useMutation<Answer, Error, Values>({
    mutationFn: change,
    networkMode: "always",
    onSuccess: async (answer, values) => {
      onDone(answer, values);
      await keepUp(client);
    },
  });
}

/** Says that a change is made and offers to take just that back. */
export function useTellDone() {
  const t = useTranslations("frame");
  const { undo } = useUndo();
  return useCallback(
    (text: Message["text"], { entry }: Pick<Saved, "entry">) =>
      tell({ text, ...(entry !== null && { action: { label: t("undo"), onPress: () => undo(entry) } }) }),
    [t, undo],
  );
}
