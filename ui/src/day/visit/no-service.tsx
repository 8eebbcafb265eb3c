import { useTranslations } from "use-intl";

import { useNavigation } from "../../frame/navigation";
import { Button } from "../../parts/button";
import { useSession } from "../../session/session";

interface NoServiceProps {
  /** Who offers none; nobody in particular where the whole clinic has none. */
  practitioner: string | undefined;
  /** Goes that way once nothing is lost by it; at once where nothing could be. */
  onLeave?: (go: () => void) => void;
}

/** Why there is no service to choose, and the way to where that is changed. */
export function NoService({ practitioner, onLeave = (go) => go() }: NoServiceProps) {
  const t = useTranslations("booking");
  const setup = useTranslations("setup");
  const { go } = useNavigation();
  const { may } = useSession();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <p role="status">
        {practitioner === undefined ? t("noServices") : t("offersNothing", { name: practitioner })}
      </p>
      {may("setup") && (
        <Button
          isPrimary
          onPress={() =>
            onLeave(() => go("setup", { section: practitioner === undefined ? "services" : "practitioners" }))
          }
        >
          {practitioner === undefined ? setup("addService") : t("chooseServices")}
        </Button>
      )}
    </div>
  );
}
