import { useTranslations } from "use-intl";

import { OneOf } from "../parts/one-of";
import { languages } from "../words/words";
import { choose, type Preferences, usePreferences } from "./preferences";

/** The language, in a corner of the screens that come before the clinic. */
export function LanguageChoice() {
  const t = useTranslations("firstStart");
  const { language } = usePreferences();
  return (
    <header className="flex shrink-0 justify-end px-6 pt-5">
      <OneOf<Preferences["language"]>
        isBare
        label={t("language")}
        value={language}
        options={languages}
        onChange={(language) => choose({ language })}
      />
    </header>
  );
}
