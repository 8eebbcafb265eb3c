import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";

import { catalogues, type Locale } from "../words/words";

/** Words for what is under test. */
export function Words({ children, language = "en" }: { children: ReactNode; language?: Locale }) {
  return (
    <IntlProvider locale={language} messages={catalogues[language]} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
