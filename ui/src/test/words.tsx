import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";

import { type Locale, wordsOf } from "../words/words";

/** Words for what is under test. */
export function Words({ children, language = "en" }: { children: ReactNode; language?: Locale }) {
  return (
    <IntlProvider locale={language} messages={wordsOf(language) ?? null} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
