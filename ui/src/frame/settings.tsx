import { useTranslations } from "use-intl";

import { Dialog } from "../parts/dialog";
import { OneOf } from "../parts/one-of";
import { OwnSecret } from "../session/own-secret";
import { useSession } from "../session/session";
import { languages } from "../words/words";
import { choose, type Preferences, usePreferences } from "./preferences";

interface SettingsProps {
  isOpen: boolean;
  onClose: () => void;
}

/** How the window looks and speaks on this computer. */
export function Settings({ isOpen, onClose }: SettingsProps) {
  const t = useTranslations("frame");
  const { language, theme, density, clock, isPrivate } = usePreferences();
  const { user } = useSession();
  return (
    <Dialog title={t("settings")} isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-5 p-4">
        <OneOf<Preferences["language"]>
          label={t("language")}
          value={language}
          options={languages}
          onChange={(language) => choose({ language })}
        />
        <OneOf<Preferences["theme"]>
          label={t("theme")}
          value={theme}
          options={[
            { id: "system", name: t("asSystem") },
            { id: "light", name: t("light") },
            { id: "dark", name: t("dark") },
          ]}
          onChange={(theme) => choose({ theme })}
        />
        <OneOf<Preferences["density"]>
          label={t("density")}
          value={density}
          options={[
            { id: "compact", name: t("compact") },
            { id: "comfortable", name: t("comfortable") },
          ]}
          onChange={(density) => choose({ density })}
        />
        {language === "en" && (
          <OneOf<Preferences["clock"]>
            label={t("clock")}
            value={clock}
            options={[
              { id: "24", name: "14:30" },
              { id: "12", name: "2:30 pm" },
            ]}
            onChange={(clock) => choose({ clock })}
          />
        )}
        <OneOf
          label={t("names")}
          value={isPrivate ? "initials" : "whole"}
          options={[
            { id: "whole", name: t("namesWhole") },
            { id: "initials", name: t("namesInitials") },
          ]}
          onChange={(names) => choose({ isPrivate: names === "initials" })}
        />
        <p className="text-quiet text-small">{t("settingsAdvice")}</p>
        {user && <OwnSecret user={user} />}
      </div>
    </Dialog>
  );
}
