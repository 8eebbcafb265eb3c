import { useTranslations } from "use-intl";

import { OneOf } from "../parts/one-of";
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
        options={[
          { id: "en", name: "English" },
          { id: "fr", name: "Français" },
        ]}
        onChange={(language) => choose({ language })}
      />
    </header>
  );
}
