/** What a card says of when and where, as much of it as its width holds: no word is cut to a letter. */

/** About the width of a character of the line, in pixels. */
const CHARACTER = 5.9;

/** The least of a name that is worth showing where not all of it fits, in characters. */
const LEAST = 8;

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
}

/**
 * The line for a width in pixels: what lies furthest from the question of a patient at the desk goes first, which is
 * when a visit ends, for the card shows that by its length; then the room is said in short.
 */
export function placeLine(width: number, { stretch, starts, where, short, isShort }: Told): string {
  const fits = (line: string) => line.length * CHARACTER <= width;
  const joined = (time: string, place: string) => `${time} · ${place}`;
  if (where === null) {
    return !isShort && fits(stretch) ? stretch : starts;
  }
  const wordings = [
    ...(isShort ? [] : [joined(stretch, where)]),
    joined(starts, where),
    ...(short ? [joined(starts, short)] : []),
  ];
  const room = Math.floor(width / CHARACTER) - starts.length - 3;
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
