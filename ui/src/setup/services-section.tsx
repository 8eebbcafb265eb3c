import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import type { ServiceForm, SetupView } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { Button } from "../parts/button";
import { Choice, NumberInput, Tick } from "../parts/fields";
import { Kinds } from "./kinds";
import { PartDialog } from "./part-dialog";
import { Section } from "./section";
import { useKindWords } from "./use-kind-words";

/** What can be booked. */
export function ServicesSection({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const words = useKindWords();
  const [open, setOpen] = useState<ServiceForm>();
  const offered = setup.disciplines.map(({ id }) => id);
  const add = () =>
    setOpen({
      id: "",
      name: "",
      discipline: offered[0] ?? "",
      minutes: 60,
      buffer_minutes: 0,
      room_kinds: [],
      first_visit: false,
    });
  return (
    <Section
      title={t("services")}
      advice={t("servicesAdvice")}
      action={
        <Button onPress={add}>
          <Plus aria-hidden size={16} className="mr-1" /> {t("addService")}
        </Button>
      }
    >
      {setup.disciplines.map((discipline) => {
        const look = disciplineLook(discipline.id, offered);
        const Icon = look.icon;
        return (
          <div key={discipline.id} data-hue={look.hue} className="mb-5">
            <h3 className="mb-1 flex items-center gap-2 font-semibold">
              <Icon aria-hidden size={16} className="text-hue-ink" /> {discipline.name}
            </h3>
            <ul className="divide-y divide-hairline border-hairline border-y">
              {setup.services
                .filter((service) => service.discipline === discipline.id)
                .map((service) => (
                  <li
                    key={service.id}
                    className="grid grid-cols-[minmax(0,1fr)_72px_130px_minmax(0,160px)_auto] items-center gap-x-3 py-1.5 max-md:grid-cols-2"
                  >
                    <span className="truncate font-medium">{service.name}</span>
                    <span>{t("minutes", { minutes: service.minutes })}</span>
                    <span className="text-quiet">
                      {[
                        service.first_visit && t("firstVisits"),
                        service.buffer_minutes > 0 && t("bufferOf", { minutes: service.buffer_minutes }),
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                    <span className="truncate text-quiet">
                      {service.room_kinds.map(words).join(", ") || t("anyRoom")}
                    </span>
                    <Button label={t("editThis", { name: service.name })} onPress={() => setOpen(service)}>
                      {t("edit")}
                    </Button>
                  </li>
                ))}
            </ul>
          </div>
        );
      })}
      {open && (
        <PartDialog
          title={open.id ? t("editThis", { name: open.name }) : t("addService")}
          initial={open}
          isNew={open.id === ""}
          toPart={(form) => ({ part: "service", form })}
          onClose={() => setOpen(undefined)}
        >
          {(form, set) => (
            <>
              <Choice
                label={t("discipline")}
                value={form.discipline}
                options={setup.disciplines}
                onChange={(discipline) => set({ discipline })}
              />
              <div className="grid grid-cols-2 gap-4">
                <NumberInput
                  label={t("length")}
                  least={1}
                  step={1}
                  value={form.minutes}
                  onChange={(minutes) => set({ minutes })}
                />
                <NumberInput
                  label={t("buffer")}
                  value={form.buffer_minutes}
                  onChange={(buffer_minutes) => set({ buffer_minutes })}
                />
              </div>
              <Kinds
                label={t("roomKinds")}
                known={setup.room_kinds}
                value={form.room_kinds}
                onChange={(room_kinds) => set({ room_kinds })}
              />
              <Tick isSelected={form.first_visit} onChange={(first_visit) => set({ first_visit })}>
                {t("forFirstVisit")}
              </Tick>
              {form.id && <p className="text-quiet text-small">{t("keepLength")}</p>}
            </>
          )}
        </PartDialog>
      )}
    </Section>
  );
}
