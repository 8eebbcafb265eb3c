import { useState } from "react";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import {
  type DateOrder,
  importPatientList,
  type ListColumns,
  type ListPreview,
  type PatientListForm,
  previewPatientList,
} from "../lib/api";
import { useChange } from "../lib/changes";
import { Choice } from "../parts/fields";
import { FileChoice, ImportFrame } from "../parts/importing";
import { ListRows } from "./import-list-rows";

interface Chosen {
  name: string;
  text: string;
  form: PatientListForm;
  preview: ListPreview;
}

const parts = ["name", "first_name", "last_name", "phone", "email", "date_of_birth", "notes"] as const;
const orders: DateOrder[] = ["day-first", "month-first"];
const none = "none";

/** A list of another program as patients: which column holds what, who is new, then the one change. */
export function ImportListDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("patientList");
  const tellDone = useTellDone();
  const [chosen, setChosen] = useState<Chosen>();
  const read = useChange(async ({ name, text, form }: Omit<Chosen, "preview">) =>
    setChosen({ name, text, form, preview: await previewPatientList(form, text) }),
  );
  const bringIn = useChange(
    ({ text, form }: Chosen) => importPatientList(form, text),
    ({ entry }) => {
      tellDone(t("imported", { count }), { entry });
      onClose();
    },
  );
  const choose = (name: string, text: string) => {
    bringIn.reset();
    setChosen(undefined);
    read.mutate({ name, text, form: { columns: null, date_order: null, also: [] } });
  };
  const again = (changes: Partial<PatientListForm>) =>
    chosen && read.mutate({ ...chosen, form: { ...chosen.form, ...changes } });
  const also = (line: number, is: boolean) => {
    if (chosen) {
      const others = chosen.form.also.filter((other) => other !== line);
      setChosen({ ...chosen, form: { ...chosen.form, also: is ? [...others, line] : others } });
    }
  };
  const preview = chosen?.preview;
  const count = (preview?.new ?? 0) + (chosen?.form.also.length ?? 0);
  return (
    <ImportFrame
      title={t("title")}
      advice={t("advice")}
      source={
        <FileChoice
          label={t("choose")}
          kinds={[".csv", ".txt", "text/csv"]}
          chosen={chosen?.name}
          onChoose={choose}
        />
      }
      error={read.error ?? bringIn.error}
      submit={t("bringIn", { count })}
      isReady={count > 0 && !read.isPending && !bringIn.isPending}
      onSubmit={() => chosen && bringIn.mutate(chosen)}
      onClose={onClose}
    >
      {chosen && preview && (
        <>
          <Columns
            preview={preview}
            // Somebody ticked by hand may be somebody else once the columns change.
            onColumns={(columns) => again({ columns, also: [] })}
            onOrder={(date_order) => again({ date_order, also: [] })}
          />
          <p aria-live="polite" className="font-semibold">
            {t("counted", { new: preview.new, alike: preview.alike, faulty: preview.faulty })}
          </p>
          <ListRows rows={preview.rows} also={chosen.form.also} onAlso={also} />
        </>
      )}
    </ImportFrame>
  );
}

interface ColumnsProps {
  preview: ListPreview;
  onColumns: (columns: ListColumns) => void;
  onOrder: (order: DateOrder | null) => void;
}

function Columns({ preview, onColumns, onOrder }: ColumnsProps) {
  const t = useTranslations("patientList");
  const { columns, headings, date_order } = preview;
  const places = headings.map((heading, place) => ({
    id: String(place),
    name: heading || t("column", { number: place + 1 }),
  }));
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{t("columns")}</legend>
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-2 max-sm:grid-cols-1">
        {parts.map((part) => (
          <Choice
            key={part}
            label={t(part)}
            value={String(columns[part] ?? none)}
            options={[{ id: none, name: t("noColumn") }, ...places]}
            onChange={(id) => onColumns({ ...columns, [part]: id === none ? null : Number(id) })}
          />
        ))}
        {columns.date_of_birth !== null && (
          <Choice
            label={t("dates")}
            value={date_order ?? none}
            options={[{ id: none, name: t("unknown") }, ...orders.map((id) => ({ id, name: t(id) }))]}
            onChange={(id) => onOrder(orders.find((order) => order === id) ?? null)}
          />
        )}
      </div>
    </fieldset>
  );
}
