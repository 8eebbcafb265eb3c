import { DoorOpen, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import type { RoomForm, SetupView } from "../lib/api";
import { Button } from "../parts/button";
import { State } from "../parts/state";
import { Kinds } from "./kinds";
import { PartDialog } from "./part-dialog";
import { Section } from "./section";
import { useKindWords } from "./use-kind-words";

/** Where treatments take place. */
export function RoomsSection({ setup }: { setup: SetupView }) {
  const t = useTranslations("setup");
  const words = useKindWords();
  const [open, setOpen] = useState<RoomForm>();
  const add = () => setOpen({ id: "", name: "", kinds: [] });
  return (
    <Section
      title={t("rooms")}
      advice={t("roomsAdvice")}
      action={
        <Button onPress={add}>
          <Plus aria-hidden size={16} className="mr-1" /> {t("addRoom")}
        </Button>
      }
    >
      {setup.rooms.length === 0 ? (
        <State icon={<DoorOpen aria-hidden size={28} />} title={t("noRooms")}>
          {t("noRoomsAdvice")}
        </State>
      ) : (
        <ul className="divide-y divide-hairline border-hairline border-y">
          {setup.rooms.map((room) => (
            <li
              key={room.id}
              className="grid grid-cols-[minmax(0,1fr)_minmax(0,300px)_auto] items-center gap-3 max-md:grid-cols-[minmax(0,1fr)_auto] py-1.5"
            >
              <span className="break-words font-medium">{room.name}</span>
              <span className="text-quiet max-md:order-last">{room.kinds.map(words).join(", ")}</span>
              <Button label={t("editThis", { name: room.name })} onPress={() => setOpen(room)}>
                {t("edit")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <PartDialog
          title={open.id ? t("editThis", { name: open.name }) : t("addRoom")}
          initial={open}
          isNew={open.id === ""}
          toPart={(form) => ({ part: "room", form })}
          onClose={() => setOpen(undefined)}
        >
          {(form, set) => (
            <Kinds
              label={t("fitFor")}
              known={setup.room_kinds}
              value={form.kinds}
              onChange={(kinds) => set({ kinds })}
            />
          )}
        </PartDialog>
      )}
    </Section>
  );
}
