/** Changing something: asks the program, then reads everything on screen again. */

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { keepUp } from "../frame/journal";

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
