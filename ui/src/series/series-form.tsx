import { useTranslations } from "use-intl";

import type { SeriesAsk, SeriesChoices } from "../lib/api";
import { Checks, Choice, DateInputField, NumberInput, Tick } from "../parts/fields";
import { Chips } from "./chips";

interface SeriesFormProps {
  choices: SeriesChoices;
  ask: SeriesAsk;
  onAsk: (ask: SeriesAsk) => void;
}

/** What the patient is treated for, and what is wished. */
export function SeriesForm({ choices, ask, onAsk }: SeriesFormProps) {
  const t = useTranslations("seriesScreen");
  const set = (changes: Partial<SeriesAsk>) => onAsk({ ...ask, ...changes });
  const everybody = choices.disciplines.flatMap(({ practitioners }) => practitioners);
  const once = everybody.filter(({ id }, at) => everybody.findIndex((each) => each.id === id) === at);
  const isUndecided = ask.conditions.length === 0 && ask.needs.length === 0;
  return (
    <>
      <Chips
        label={t("conditions")}
        options={choices.conditions}
        value={ask.conditions}
        onChange={(conditions) => set({ conditions })}
      />
      <Chips
        label={t("needs")}
        options={choices.needs}
        value={ask.needs}
        onChange={(needs) => set({ needs })}
      />
      <Chips
        label={t("sensitivities")}
        options={choices.sensitivities}
        value={ask.sensitivities}
        onChange={(sensitivities) => set({ sensitivities })}
      />
      {isUndecided && (
        <Choice
          label={t("first")}
          value={ask.first ?? ""}
          options={choices.disciplines.map(({ id, name }) => ({ id, name }))}
          onChange={(first) => set({ first })}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        <NumberInput
          label={t("weeks")}
          value={ask.weeks}
          least={1}
          most={52}
          onChange={(weeks) => set({ weeks })}
        />
        <DateInputField
          label={t("earliest")}
          value={ask.earliest}
          onChange={(earliest) => set({ earliest })}
        />
      </div>
      <div className="flex flex-col gap-1">
        <Tick
          isSelected={ask.availability !== null}
          onChange={(isAny) => set({ availability: isAny ? [] : null })}
        >
          {t("anyTime")}
        </Tick>
        <Tick isSelected={ask.within_cover} onChange={(within_cover) => set({ within_cover })}>
          {t("withinCover")}
        </Tick>
      </div>
      <div>
        <Checks
          label={t("practitioners")}
          options={once}
          value={ask.practitioners}
          onChange={(practitioners) => set({ practitioners })}
        />
        <p className="mt-1 text-quiet text-small">{t("everybody")}</p>
      </div>
    </>
  );
}
