import { useTranslations } from "use-intl";

import { command, isMac } from "../lib/keys";
import { Dialog } from "../parts/dialog";
import { useSession } from "../session/session";
import { useScreens } from "./screens";

interface KeyMapProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Every key of the window. */
export function KeyMap({ isOpen, onClose }: KeyMapProps) {
  const t = useTranslations("keys");
  const frame = useTranslations("frame");
  const session = useTranslations("session");
  const { user } = useSession();
  const screens = useScreens();
  const everywhere: [string, string][] = [
    [`${command} K`, t("palette")],
    ["?", t("help")],
    [`${command} Z`, t("undo")],
    [isMac ? "⇧ ⌘ Z" : "Ctrl Y", t("redo")],
    ["H", t("privacy")],
    [`${command} ,`, frame("settings")],
    [t("escape"), t("close")],
    ...(user ? [["L", session("lock")] as [string, string]] : []),
    ...screens.map(({ id }, at): [string, string] => [`${command} ${at + 1}`, frame(id)]),
  ];
  const day: [string, string][] = [
    ["T", t("today")],
    ["← / →", `${t("previousDay")}, ${t("nextDay")}`],
    ["Tab, ↑ ↓ ← →", t("between")],
    [t("enter"), t("openVisit")],
    [isMac ? t("controlClick") : `${t("shift")} F10`, t("visitMenu")],
    ["N", t("newVisit")],
    ["F", t("free")],
    ["G", t("month")],
    ["D / W", `${t("dayBoard")}, ${t("week")}`],
    ["/", t("narrow")],
    ["A", t("arrived")],
    ["Alt ↑ ↓ ← →", t("moveVisit")],
    [isMac ? "⌥ ⇧ ↑ ↓" : `Alt ${t("shift")} ↑ ↓`, t("resizeVisit")],
    ["+ / −", t("zoom")],
    ["P", t("print")],
  ];
  const patients: [string, string][] = [
    ["/", t("search")],
    [`↑ ↓, ${t("enter")}`, t("walkList")],
    ["N", t("newPatient")],
  ];
  const myDay: [string, string][] = [
    ["T", t("today")],
    ["← / →", `${t("previousDay")}, ${t("nextDay")}`],
  ];
  return (
    <Dialog title={frame("keys")} isOpen={isOpen} onClose={onClose} width="wide">
      <div className="grid grid-cols-2 gap-8 p-4 max-sm:grid-cols-1">
        <div className="flex flex-col gap-5">
          <Section title={frame("everywhere")} keys={everywhere} />
          <Section title={frame("patients")} keys={patients} />
          <Section title={frame("practitioner")} keys={myDay} />
        </div>
        <Section title={frame("day")} keys={day} />
      </div>
    </Dialog>
  );
}

function Section({ title, keys }: { title: string; keys: [string, string][] }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold text-quiet">{title}</h3>
      <dl className="grid grid-cols-[98px_1fr] items-baseline gap-x-4 gap-y-1.5">
        {keys.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-control border border-edge bg-raised px-1.5 py-0.5 font-sans text-small">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
