import { Command, EyeOff, Keyboard, SlidersHorizontal, UserPlus, UserRound } from "lucide-react";
import type { ComponentProps } from "react";
import { useTranslations } from "use-intl";

import { BareButton } from "../parts/frame-button";
import { Hint } from "../parts/hint";
import { Initials, initialsOf } from "../session/initials";
import { useSession } from "../session/session";
import { useNavigation } from "./navigation";
import { choose, usePreferences } from "./preferences";
import { useScreens } from "./screens";

interface RailProps {
  onPalette: () => void;
  onKeys: () => void;
  onSettings: () => void;
}

const place =
  "flex w-full flex-col items-center gap-1 rounded-control px-1 py-2 text-small outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 max-sm:size-7 max-sm:justify-center max-sm:p-0";

/** The way between screens, and what holds for all of them. */
export function Rail({ onPalette, onKeys, onSettings }: RailProps) {
  const t = useTranslations("frame");
  const { screen, go } = useNavigation();
  const { isPrivate } = usePreferences();
  const { user, proposesPeople, lock } = useSession();
  const session = useTranslations("session");
  const screens = useScreens();
  const privacy = t(isPrivate ? "privacyOff" : "privacyOn");
  return (
    <div className="flex w-19 shrink-0 flex-col overflow-y-auto border-hairline border-r bg-surface p-1.5 max-sm:w-full max-sm:flex-row max-sm:overflow-visible max-sm:border-r-0 max-sm:border-b max-sm:p-0.5 print:hidden">
      <nav aria-label={t("screens")} className="flex flex-col gap-1 max-sm:flex-row max-sm:gap-0.5">
        {screens.map(({ id, icon: Icon }, at) => {
          const isHere = id === screen;
          return (
            <BareButton
              key={id}
              {...(isHere && { "aria-current": "page" as const })}
              aria-keyshortcuts={`Control+${at + 1}`}
              className={`${place} ${isHere ? "bg-raised font-semibold text-accent" : "text-quiet hover:bg-raised hover:text-ink"}`}
              onPress={() => go(id)}
            >
              <Icon aria-hidden size={20} />
              <span className="text-center leading-tight max-sm:sr-only">{t(id)}</span>
            </BareButton>
          );
        })}
      </nav>
      <div className="mt-auto flex flex-col items-center gap-1 pt-1 max-sm:mt-0 max-sm:ml-auto max-sm:flex-row max-sm:gap-0.5 max-sm:pt-0">
        {user && (
          <Hint label={session("lockFor", { name: user.name })} keys="L">
            <RailButton
              label={`${initialsOf(user.name)} · ${session("lockFor", { name: user.name })}`}
              onPress={lock}
            >
              <Initials name={user.name} isSmall />
            </RailButton>
          </Hint>
        )}
        {proposesPeople && (
          <Hint label={session("addPeople")}>
            <RailButton label={session("addPeople")} onPress={() => go("setup", { section: "people" })}>
              <UserPlus aria-hidden size={18} className="text-accent" />
            </RailButton>
          </Hint>
        )}
        <Hint label={privacy} keys="H">
          <RailButton label={privacy} onPress={() => choose({ isPrivate: !isPrivate })}>
            {isPrivate ? (
              <EyeOff aria-hidden size={18} className="text-accent" />
            ) : (
              <UserRound aria-hidden size={18} />
            )}
          </RailButton>
        </Hint>
        <Hint label={t("commands")} keys="⌘/Ctrl K">
          <RailButton label={t("commands")} onPress={onPalette}>
            <Command aria-hidden size={18} />
          </RailButton>
        </Hint>
        <Hint label={t("keys")} keys="?">
          <RailButton label={t("keys")} onPress={onKeys}>
            <Keyboard aria-hidden size={18} />
          </RailButton>
        </Hint>
        <Hint label={t("settings")} keys="⌘/Ctrl ,">
          <RailButton label={t("settings")} onPress={onSettings}>
            <SlidersHorizontal aria-hidden size={18} />
          </RailButton>
        </Hint>
      </div>
    </div>
  );
}

interface RailButtonProps extends Omit<ComponentProps<typeof BareButton>, "className"> {
  label: string;
}

/** What the hint about it adds to it goes through. */
function RailButton({ label, ...rest }: RailButtonProps) {
  return (
    <BareButton
      aria-label={label}
      className="flex size-9 items-center justify-center rounded-control text-quiet max-sm:size-7 outline-accent hover:bg-raised hover:text-ink focus-visible:outline-2"
      {...rest}
    />
  );
}
