import { useState } from "react";
import { useTranslations } from "use-intl";

import { SecretInput } from "../parts/fields";

/** A new PIN or password that is typed twice. */
export interface NewSecretState {
  secret: string;
  again: string;
  /** Whether a form was sent with two that are not the same. */
  differs: boolean;
}

/** What is typed into {@link NewSecret}, and whether a form may be sent with it. */
export function useNewSecret() {
  const [state, setState] = useState<NewSecretState>({ secret: "", again: "", differs: false });
  /** Whether both are the same; says so on screen where they are not. */
  const agrees = () => {
    const differs = state.secret !== state.again;
    setState({ ...state, differs });
    return !differs;
  };
  return { state, setState, agrees };
}

interface NewSecretProps {
  label: string;
  isPin: boolean;
  isRequired?: boolean;
  state: NewSecretState;
  onChange: (state: NewSecretState) => void;
}

/** The fields of a new PIN or password, side by side. */
export function NewSecret({ label, isPin, isRequired = false, state, onChange }: NewSecretProps) {
  const t = useTranslations("people");
  const set = (changes: Partial<NewSecretState>) => onChange({ ...state, ...changes, differs: false });
  return (
    <>
      <div className="grid grid-cols-2 items-end gap-3 max-sm:grid-cols-1">
        <SecretInput
          label={label}
          isPin={isPin}
          isRequired={isRequired}
          value={state.secret}
          onChange={(secret) => set({ secret })}
        />
        <SecretInput
          label={t("again")}
          isPin={isPin}
          isRequired={isRequired}
          value={state.again}
          onChange={(again) => set({ again })}
        />
      </div>
      {state.differs && (
        <p role="alert" className="text-rule">
          {t("differ")}
        </p>
      )}
    </>
  );
}
