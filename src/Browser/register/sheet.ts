import { keyOf, tally, type EmptyKind, type MarkKind, type Named } from "./mark.ts";
import type { Kept } from "./queue.ts";

/** A register as the API gives it (GET /api/v1/registers/{ref}). */
export interface Sheet {
  session: string;
  signed: boolean;
  signedAt: string | null;
  signedBy: string | null;
  reopened: string | null;
  open: boolean;
  title: string;
  venue: string | null;
  capacity: number;
  parts: Part[];
  people: Person[];
  /** A forum's seats that nobody holds then; a sheet that was kept before there were any has none. */
  seats?: EmptySeat[];
  version: number;
}

export interface EmptySeat {
  seatId: string;
  seat: string;
  agency: string | null;
  /** As the forum's seats say: what a signature records unless somebody says otherwise. */
  otherwise: EmptyKind;
  marks: Standing[];
}

export interface Part {
  id: string;
  title: string;
  number: number;
  when: string;
  from: string;
  to: string;
  ends: string;
  minutes: number;
  minutesNeeded: number;
}

export interface Person {
  bookingId: string | null;
  personId: string;
  name: string;
  label: string;
  given: string;
  letter: string;
  agency: string | null;
  marks: Standing[];
  /** The seat of the forum that they hold. */
  seat?: string | null;
  /** What stands under the name: seat and agency. */
  under?: string;
}

export interface Said {
  mark: MarkKind;
  minutes: number | null;
  substituteName: string | null;
  event: string;
  device: string | null;
  by: string | null;
  at: string;
}

export interface Standing extends Said {
  part: string;
  substitute: string | null;
  other: Said | null;
  decided: boolean;
}

/** A row as it is shown: what the server knows of somebody, with what this tablet has marked since. */
export interface Row {
  key: string;
  personId?: string;
  walkIn?: Named;
  booked: boolean;
  name: string;
  label: string;
  given: string;
  letter: string;
  agency: string | null;
  /** What stands under the name, where it is not the agency alone. */
  under?: string;
  mark?: MarkKind;
  minutes?: number;
  substituteName?: string;
  /** Two devices disagree, and this tablet has not decided since (A2). */
  dispute?: { one: Said; other: Said };
  decided?: { by: string; at: string };
  /** Why somebody should look, or what the server says against it. */
  why?: string;
  /** The newest event of this person and part that this tablet knows. */
  seen?: string;
}

/** Whether a sheet shows an event already: then the tablet's own copy adds nothing. */
export const isIn = (sheet: Sheet, event: Kept): boolean => event.state === "stored" && (event.version ?? 0) <= sheet.version;

/** The rows of a part. Pure: the server's sheet, and over it what this tablet has marked, in the order of pressing. */
export function rowsOf(sheet: Sheet, part: Part, events: readonly Kept[], device: string): Row[] {
  const own = new Map<string, Kept>();
  for (const event of events) if (event.ref === sheet.session && event.mark?.part === part.id && !isIn(sheet, event)) own.set(keyOf(event.mark), event);
  const known = sheet.people.map(person => laid(ofServer(person, person.marks.find(mark => mark.part === part.id), device), own.get(person.personId)));
  const ids = new Set(sheet.people.map(person => person.personId));
  const added = new Map<string, Row>();
  for (const event of events) {
    if (event.ref !== sheet.session || !event.mark || event.mark.seat || isIn(sheet, event) || (event.mark.personId && ids.has(event.mark.personId))) continue;
    const key = keyOf(event.mark);
    const name = event.shows?.name ?? event.mark.walkIn?.name ?? "Somebody added";
    const row: Row = {
      key, booked: false, name, label: name, given: name.split(" ")[0]!, letter: "", agency: event.shows?.agency ?? null,
      ...(event.mark.personId ? { personId: event.mark.personId } : { walkIn: event.mark.walkIn! }),
    };
    added.set(key, laid(row, own.get(key)));
  }
  return [...known, ...added.values()];
}

function ofServer(person: Person, standing: Standing | undefined, device: string): Row {
  const row: Row = {
    key: person.personId, personId: person.personId, booked: person.bookingId !== null || !!person.seat, name: person.name, label: person.label, given: person.given, letter: person.letter, agency: person.agency,
    ...(person.seat && person.under && { under: person.under }),
  };
  if (!standing) return row;
  if (standing.other) {
    // Whoever decides names an event of the other device as seen: only then the dispute is over.
    return { ...row, dispute: { one: standing, other: standing.other }, seen: standing.device === device ? standing.other.event : standing.event };
  }
  return {
    ...row, mark: standing.mark, seen: standing.event, ...(standing.minutes !== null && { minutes: standing.minutes }), ...(standing.substituteName && { substituteName: standing.substituteName }),
    ...(standing.decided && standing.by && { decided: { by: standing.by, at: standing.at } }),
  };
}

function laid(row: Row, event: Kept | undefined): Row {
  if (!event?.mark) return row;
  const { dispute: _, decided: __, minutes: ___, substituteName: ____, ...base } = row;
  const why = event.refused ?? event.flagged;
  return {
    ...base, mark: event.mark.mark, seen: event.id, ...(event.mark.minutes !== undefined && { minutes: event.mark.minutes }),
    ...(event.shows?.substitute && { substituteName: event.shows.substitute }), ...(why && { why }),
  };
}

/** An empty seat as it is shown: as the forum's seats say, until somebody has said otherwise of this part. */
export interface SeatRow {
  key: string;
  seatId: string;
  name: string;
  agency: string | null;
  /** Not there in a dispute: nothing is pressed then. */
  mark?: EmptyKind;
  dispute?: { one: Said; other: Said };
  why?: string;
  seen?: string;
}

/** The empty seats of a part: the server's sheet, and over it what this tablet has pressed. Pure. */
export function seatsOf(sheet: Sheet, part: Part, events: readonly Kept[], device: string): SeatRow[] {
  return (sheet.seats ?? []).map(seat => {
    const standing = seat.marks.find(mark => mark.part === part.id);
    const own = events.filter(event => event.ref === sheet.session && event.mark?.seat === seat.seatId && event.mark.part === part.id && !isIn(sheet, event)).at(-1);
    const row = { key: keyOf({ seat: seat.seatId }), seatId: seat.seatId, name: seat.seat, agency: seat.agency };
    if (own) {
      const why = own.refused ?? own.flagged;
      return { ...row, mark: own.mark!.mark as EmptyKind, seen: own.id, ...(why && { why }) };
    }
    if (standing?.other) return { ...row, dispute: { one: standing, other: standing.other }, seen: standing.device === device ? standing.other.event : standing.event };
    return { ...row, mark: (standing?.mark as EmptyKind | undefined) ?? seat.otherwise, ...(standing && { seen: standing.event }) };
  });
}

/** Those with a place or a seat and without a mark, in any part: nobody signs before (A6). A dispute has a mark. */
export function missing(sheet: Sheet, events: readonly Kept[], device: string): { part: Part; people: Row[] }[] {
  return sheet.parts.map(part => ({ part, people: rowsOf(sheet, part, events, device).filter(row => row.booked && !row.mark && !row.dispute) })).filter(gap => gap.people.length > 0);
}

export const isMarked = (row: Row): boolean => row.mark !== undefined || row.dispute !== undefined;

export const tallyOf = (rows: readonly (Row | SeatRow)[]): string => tally(rows.flatMap(row => row.mark ?? row.dispute?.one.mark ?? []));

const plain: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", "’": "'" };

/** A text as it is searched: without case and accents. */
export const folded = (text: string): string =>
  text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[łøđßæœ’]/g, letter => plain[letter]!);

/** Whether every word that was typed is somewhere in the name, of who came instead too. */
export function matches(row: Pick<Row, "name" | "substituteName">, typed: string): boolean {
  const name = folded(`${row.name} ${row.substituteName ?? ""}`);
  return folded(typed).split(/\s+/).every(word => name.includes(word));
}

const minuteOf = (clock: string): number | null => {
  const parts = /^(\d{2}):(\d{2})/.exec(clock);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
};

/** The minutes between coming late and leaving early, within the part; null where that says nothing: a part over midnight, or who left before coming. */
export function minutesBetween(part: Pick<Part, "from" | "to" | "minutes">, came: string, left: string): number | null {
  const [from, to] = [minuteOf(part.from)!, minuteOf(part.to)!];
  if (to - from !== part.minutes) return null;
  const [start, end] = [Math.max(from, minuteOf(came) ?? from), Math.min(to, minuteOf(left) ?? to)];
  return end < start ? null : end - start;
}
