/** What a card says of when and where, as much of it as its width holds: no word is cut to a letter. */

/** How wide characters of the line are in the compact size, in pixels; others are as wide as most letters. */
const WIDTHS: [RegExp, number][] = [
  [/[\s:·.,'’()ijlI]/u, 3],
  [/1/, 5],
  [/[-–]/, 6],
  [/[mwMW]/, 11],
  [/[04\p{Lu}]/u, 8],
];
const LETTER = 7;

/** How much wider they are in the comfortable size. */
const COMFORTABLE = 13 / 12;

/** The widths of those that were met: hundreds of cards are worded of the same few. */
const met = new Map<string, number>();

/** About how wide a line is in the compact size, in pixels. */
function widthOf(line: string): number {
  let sum = 0;
  for (const character of line) {
    let width = met.get(character);
    if (width === undefined) {
      width = WIDTHS.find(([among]) => among.test(character))?.[1] ?? LETTER;
      met.set(character, width);
    }
    sum += width;
  }
  return sum;
}

/** The least of a name that is worth showing where not all of it fits, in pixels: some eight letters. */
const LEAST = 48;

interface Told {
  /** From when to when. */
  stretch: string;
  starts: string;
  /** The room, or who treats where it is a room's week; none where there is neither. */
  where: string | null;
  /** The room in short, where it has a short form. */
  short: string | undefined;
  /** Whether only the start is wanted. */
  isShort: boolean;
  density: "compact" | "comfortable";
}

/**
 * The line for a width in pixels: what lies furthest from the question of a patient at the desk goes first, which is
 * when a visit ends, for the card shows that by its length; then the room is said in short.
 */
export function placeLine(pixels: number, { stretch, starts, where, short, isShort, density }: Told): string {
  const width = density === "comfortable" ? pixels / COMFORTABLE : pixels;
  const fits = (line: string) => widthOf(line) <= width;
  const joined = (time: string, place: string) => `${time} · ${place}`;
  if (where === null) {
    return !isShort && fits(stretch) ? stretch : starts;
  }
  const wordings = [
    ...(isShort ? [] : [joined(stretch, where)]),
    joined(starts, where),
    ...(short ? [joined(starts, short)] : []),
  ];
  const room = width - widthOf(joined(starts, ""));
  return wordings.find(fits) ?? (room >= LEAST ? joined(starts, where) : starts);
}

/**
 * The rooms of a clinic in short, by their names: `Room 4 (quiet)` as `R4`, where no other room would be called that, and
 * none is.
 */
export function shortRooms(names: readonly string[]): Map<string, string> {
  const called = new Set(names.map((name) => name.trim().split(/\s/)[0]?.toUpperCase()));
  const short = names.flatMap((name) => {
    const [, letter, number] = /^(\p{Letter})\p{Letter}*\s+(\d+)(?:\s|$)/u.exec(name) ?? [];
    return letter && number ? [[name, `${letter.toUpperCase()}${number}`] as const] : [];
  });
  return new Map(
    short.filter(([, one]) => !called.has(one) && short.filter(([, other]) => other === one).length === 1),
  );
}
