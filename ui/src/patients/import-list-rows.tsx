import { useTranslations } from "use-intl";

import type { ListRow } from "../lib/api";
import { useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Tick } from "../parts/fields";

/** So many rows of a kind are listed; more are counted. */
const listed = 200;

interface ListRowsProps {
  rows: readonly ListRow[];
  /** The lines that are brought in although somebody alike is here. */
  also: readonly number[];
  onAlso: (line: number, is: boolean) => void;
}

/** The rows of a list: what needs a look first, then who is new. */
export function ListRows({ rows, also, onAlso }: ListRowsProps) {
  const t = useTranslations("patientList");
  const names = useNames();
  const of = (kinds: ListRow["state"]["kind"][]) => rows.filter(({ state }) => kinds.includes(state.kind));
  const why = ({ state }: ListRow) =>
    state.kind === "alike"
      ? t("like", { names: state.patients.map(({ name }) => names(name)).join(", ") })
      : state.kind === "repeated"
        ? t("repeated", { line: state.line })
        : "";
  return (
    <>
      <Kind title={t("faulty")} rows={of(["faulty"])}>
        {(row) => (
          <>
            <Who row={row} />
            <span className="select-text break-words text-rule">
              {row.state.kind === "faulty" && row.state.why}
            </span>
          </>
        )}
      </Kind>
      <Kind title={t("alike")} advice={t("alikeAdvice")} rows={of(["alike", "repeated"])}>
        {(row) => (
          <>
            <Tick isSelected={also.includes(row.line)} onChange={(is) => onAlso(row.line, is)}>
              <Who row={row} />
            </Tick>
            <span className="text-quiet">{why(row)}</span>
          </>
        )}
      </Kind>
      <Kind title={t("new")} rows={of(["new"])}>
        {(row) => (
          <>
            <Who row={row} />
            <Contact row={row} />
          </>
        )}
      </Kind>
    </>
  );
}

interface KindProps {
  title: string;
  advice?: string;
  rows: readonly ListRow[];
  children: (row: ListRow) => React.ReactNode;
}

function Kind({ title, advice, rows, children }: KindProps) {
  const t = useTranslations("patientList");
  if (rows.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h3 className="font-semibold">
        {title} <span className="font-normal text-quiet">{rows.length}</span>
      </h3>
      {advice && <p className="text-quiet">{advice}</p>}
      <ul className="mt-1 divide-y divide-hairline border-hairline border-y">
        {rows.slice(0, listed).map((row) => (
          <li
            key={row.line}
            className="grid grid-cols-[72px_minmax(0,1fr)_minmax(0,1fr)] items-baseline gap-x-3 py-1 max-sm:grid-cols-1"
          >
            <span className="text-quiet">{t("line", { line: row.line })}</span>
            {children(row)}
          </li>
        ))}
      </ul>
      {rows.length > listed && (
        <p className="mt-1 text-quiet">{t("more", { count: rows.length - listed })}</p>
      )}
    </section>
  );
}

function Who({ row }: { row: ListRow }) {
  const t = useTranslations("patientList");
  const names = useNames();
  return (
    <bdi className="break-words font-medium">{row.patient.name ? names(row.patient.name) : t("noName")}</bdi>
  );
}

function Contact({ row: { patient } }: { row: ListRow }) {
  const { plainDate } = useTimes();
  const privately = usePrivately();
  const told = [
    patient.date_of_birth && privately(plainDate(patient.date_of_birth)),
    patient.phone && privately(patient.phone),
    patient.email && privately(patient.email),
  ].filter(Boolean);
  return <span className="min-w-0 break-words text-quiet">{told.join(" · ")}</span>;
}
