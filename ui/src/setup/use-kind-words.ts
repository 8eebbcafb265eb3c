import { useTranslations } from "use-intl";

/** The kinds of room that every clinic starts with, in the window's language; a clinic's own are in its own words. */
export function useKindWords() {
  const t = useTranslations("setup");
  const shipped: Record<string, string> = {
    treatment: t("kind-treatment"),
    massage: t("kind-massage"),
    gym: t("kind-gym"),
  };
  return (kind: string) => shipped[kind] ?? kind;
}
