/** The first letters of the first and the last word of a name. */
export const initialsOf = (name: string) =>
  name
    .split(/[\s-]+/)
    .filter(Boolean)
    .map((word) => [...word][0]?.toLocaleUpperCase())
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join("");

/** The first letters of a name, in a circle. */
export function Initials({ name, isSmall }: { name: string; isSmall?: boolean }) {
  const letters = initialsOf(name);
  const size = isSmall ? "size-7 text-small" : "size-12 text-title";
  return (
    <span
      aria-hidden
      className={`${size} flex shrink-0 items-center justify-center rounded-full border border-accent font-semibold text-accent`}
    >
      {letters}
    </span>
  );
}
