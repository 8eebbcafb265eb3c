import { useState } from "react";
import { useTranslations } from "use-intl";
import { useDeed } from "../frame/journal";
import { noteProviderDecision, type ProviderDecisionForm, type SeriesChoices } from "../lib/api";
import { currentDate } from "../lib/today";
import { useLeaving } from "../lib/use-leaving";
import { Dialog } from "../parts/dialog";
import { Choice, DateInputField, NotesInput, NumberInput, TextInput } from "../parts/fields";
import { FormFooter } from "../parts/form-footer";

interface ProviderDialogProps {
  patient: string;
  disciplines: SeriesChoices["disciplines"];
  onClose: () => void;
}

/** What the protocols decide is left alone. */
const asDecided = "as-decided";

/** Notes what a provider decided for the patient; it wins over the protocols from then on. */
export function ProviderDialog({ patient, disciplines, onClose }: ProviderDialogProps) {
  const t = useTranslations("provider");
  const setup = useTranslations("setup");
  const deed = useDeed();
  const [provider, setProvider] = useState("");
  const [date, setDate] = useState(() => currentDate().toString());
  const [first, setFirst] = useState(asDecided);
  const [kind, setKind] = useState<string>(asDecided);
  const [wait, setWait] = useState(60);
  const [hours, setHours] = useState({ min_hours: 24, max_hours: 48 });
  const [frequency, setFrequency] = useState<string>(asDecided);
  const [note, setNote] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const spacing: ProviderDecisionForm["spacing"] =
    kind === "same-day"
      ? { kind, max_wait_minutes: wait }
      : kind === "separate-days"
        ? { kind, ...hours }
        : null;
  const rhythm = rhythms.find((each) => each === frequency) ?? null;
  const isDecided = first !== asDecided || spacing !== null || rhythm !== null;
  const save = async () => {
    setIsBusy(true);
    const isDone = await deed(() =>
      noteProviderDecision(patient, {
        provider,
        date,
        first: first === asDecided ? null : first,
        spacing,
        frequency: rhythm,
        note,
      }),
    );
    setIsBusy(false);
    if (isDone) {
      onClose();
    }
  };
  const open = { id: asDecided, name: t("asDecided") };
  const leaving = useLeaving(isDecided || `${provider}${note}`.trim() !== "", onClose);
  return (
    <Dialog title={t("title")} isOpen onClose={leaving.leave}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isDecided && provider.trim() && !isBusy) {
            void save();
          }
        }}
      >
        <div className="grid grid-cols-2 gap-3 p-4">
          <TextInput label={t("who")} value={provider} onChange={setProvider} autoFocus isRequired />
          <DateInputField label={t("date")} value={date} onChange={(value) => value && setDate(value)} />
          <Choice
            label={t("first")}
            value={first}
            options={[open, ...disciplines.map(({ id, name }) => ({ id, name }))]}
            onChange={setFirst}
          />
          <Choice
            label={t("frequency")}
            value={frequency}
            options={[open, ...rhythms.map((id) => ({ id, name: setup(`frequency-${id}`) }))]}
            onChange={setFrequency}
          />
          <Choice
            label={t("spacing")}
            value={kind}
            options={[
              open,
              { id: "same-day", name: t("sameDay") },
              { id: "separate-days", name: t("separateDays") },
            ]}
            onChange={setKind}
          />
          {kind === "same-day" && (
            <NumberInput label={t("wait")} most={240} step={5} value={wait} onChange={setWait} />
          )}
          {kind === "separate-days" && (
            <div className="grid grid-cols-2 gap-3">
              <NumberInput
                label={t("least")}
                least={12}
                most={120}
                value={hours.min_hours}
                onChange={(min_hours) =>
                  setHours({ min_hours, max_hours: Math.max(min_hours, hours.max_hours) })
                }
              />
              <NumberInput
                label={t("most")}
                least={hours.min_hours}
                most={120}
                value={hours.max_hours}
                onChange={(max_hours) => setHours({ ...hours, max_hours })}
              />
            </div>
          )}
          <NotesInput label={t("note")} rows={2} value={note} onChange={setNote} className="col-span-2" />
          <p className="col-span-2 text-quiet">{t("advice")}</p>
        </div>
        <FormFooter leaving={leaving} submit={t("save")} isBusy={!isDecided || !provider.trim() || isBusy} />
      </form>
    </Dialog>
  );
}

const rhythms = ["combined", "alternating", "both-weekly"] as const;
