import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "../parts/button";
import { TextInput, Tick } from "../parts/fields";
import { useKindWords } from "./use-kind-words";

interface KindsProps {
  label: string;
  known: string[];
  value: string[];
  onChange: (kinds: string[]) => void;
}

/** Kinds of room: those that are known, and new ones in the clinic's own words. */
export function Kinds({ label, known, value, onChange }: KindsProps) {
  const t = useTranslations("setup");
  const words = useKindWords();
  const [own, setOwn] = useState("");
  const all = [...new Set([...known, ...value])].toSorted();
  const add = () => {
    const kind = own.trim();
    if (kind && !value.includes(kind)) {
      onChange([...value, kind]);
    }
    setOwn("");
  };
  return (
    <fieldset>
      <legend className="mb-1 text-quiet text-small">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {all.map((kind) => (
          <Tick
            key={kind}
            isSelected={value.includes(kind)}
            onChange={(is) => onChange(is ? [...value, kind] : value.filter((other) => other !== kind))}
          >
            {words(kind)}
          </Tick>
        ))}
      </div>
      <div className="mt-2 flex items-end gap-2">
        <TextInput label={t("newKind")} value={own} onChange={setOwn} className="w-44" />
        <Button isDisabled={own.trim() === ""} onPress={add}>
          <Plus aria-hidden size={16} className="mr-1" /> {t("addKind")}
        </Button>
      </div>
    </fieldset>
  );
}
