import { useTranslations } from "use-intl";

import type { ConditionForm, Named } from "../lib/api";
import { Choice, TextInput } from "../parts/fields";
import { AddRow, changesOf, RemoveRow, type RowsProps } from "../parts/rows";

interface ConditionRowsProps extends RowsProps<ConditionForm> {
  disciplines: Named[];
}

/** Conditions: what comes first, why, what practitioners should read, what may be left out. */
export function ConditionRows({ value, disciplines, onChange }: ConditionRowsProps) {
  const t = useTranslations("setup");
  const { put, remove, add } = changesOf({ value, onChange });
  const nothing = { id: "", name: t("nothing") };
  return (
    <div>
      <h3 className="font-semibold text-title">{t("conditions")}</h3>
      <p className="mb-2 text-quiet">{t("conditionsAdvice")}</p>
      <ul className="flex flex-col gap-3">
        {value.map((row, index) => {
          const noteOf = (discipline: string) =>
            row.notes.find((note) => note.discipline === discipline)?.text ?? "";
          const setNote = (discipline: string, text: string) => {
            const others = row.notes.filter((note) => note.discipline !== discipline);
            put(index, { notes: text === "" ? others : [...others, { discipline, text }] });
          };
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: new rows have no identity but their place.
            <li key={index} className="rounded-control border border-hairline bg-surface p-3">
              <div className="grid grid-cols-[minmax(0,1fr)_170px_170px_auto] items-end gap-3 max-lg:grid-cols-2 max-sm:grid-cols-1">
                <TextInput
                  label={t("condition")}
                  value={row.name}
                  onChange={(name) => put(index, { name })}
                />
                <Choice
                  label={t("first")}
                  value={row.first}
                  options={disciplines}
                  onChange={(first) => put(index, { first })}
                />
                <Choice
                  label={t("mayLeaveOut")}
                  value={row.optional[0] ?? ""}
                  options={[nothing, ...disciplines]}
                  onChange={(id) => put(index, { optional: id === "" ? [] : [id] })}
                />
                <RemoveRow label={t("removeThis", { name: row.name })} onPress={() => remove(index)} />
              </div>
              <TextInput
                className="mt-2"
                label={t("reasonForPatient")}
                value={row.reason}
                onChange={(reason) => put(index, { reason })}
              />
              <div className="mt-2 grid grid-cols-2 gap-3 max-sm:grid-cols-1">
                {disciplines.map(({ id, name }) => (
                  <TextInput
                    key={id}
                    label={t("noteFor", { discipline: name })}
                    value={noteOf(id)}
                    onChange={(text) => setNote(id, text)}
                  />
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      <AddRow
        onPress={() =>
          add({ id: "", name: "", first: disciplines[0]?.id ?? "", reason: "", notes: [], optional: [] })
        }
      >
        {t("addCondition")}
      </AddRow>
    </div>
  );
}

interface NamedRow {
  id: string;
  name: string;
  first?: string;
}

interface NamedRowsProps<Row extends NamedRow> extends RowsProps<Row> {
  title: string;
  advice: string;
  addLabel: string;
  /** Given where each row says which discipline comes first. */
  disciplines?: Named[];
  blank: () => Row;
}

/** Needs or sensitivities: a name each, and what comes first where that is said. */
export function NamedRows<Row extends NamedRow>({
  title,
  advice,
  addLabel,
  value,
  disciplines,
  blank,
  onChange,
}: NamedRowsProps<Row>) {
  const t = useTranslations("setup");
  const { put, remove, add } = changesOf({ value, onChange });
  return (
    <div>
      <h3 className="font-semibold text-title">{title}</h3>
      <p className="mb-2 text-quiet">{advice}</p>
      <ul className="flex flex-col gap-1.5">
        {value.map((row, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: new rows have no identity but their place.
            key={index}
            className={`grid items-center gap-2 ${disciplines ? "grid-cols-[minmax(0,1fr)_minmax(0,200px)_auto]" : "grid-cols-[minmax(0,1fr)_auto]"}`}
          >
            <TextInput
              isBare
              label={t("name")}
              value={row.name}
              onChange={(name) => put(index, { ...row, name })}
            />
            {disciplines && (
              <Choice
                isBare
                label={t("first")}
                value={row.first ?? ""}
                options={disciplines.map(({ id, name }) => ({ id, name: t("comesFirst", { name }) }))}
                onChange={(first) => put(index, { ...row, first })}
              />
            )}
            <RemoveRow label={t("removeThis", { name: row.name })} onPress={() => remove(index)} />
          </li>
        ))}
      </ul>
      <AddRow onPress={() => add(blank())}>{addLabel}</AddRow>
    </div>
  );
}
