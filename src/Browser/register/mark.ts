/** What a register says of somebody (rule A1). */
export type MarkKind = "attended" | "part" | "apologies" | "dna" | "substitute" | EmptyKind;

/** How a forum's seat is that nobody holds. */
export type EmptyKind = "vacant" | "not-appointed";

/** Somebody who is known by a work address only (A4). */
export interface Named {
  name: string;
  email: string;
}

/** A mark as the API takes it (POST /api/v1/registers/{ref}/marks). Its id is made here, so that sent twice it is one mark (A3). */
export interface Mark {
  id: string;
  part: string;
  personId?: string;
  walkIn?: Named;
  /** An empty seat of a forum, in place of a person. */
  seat?: string;
  mark: MarkKind;
  minutes?: number;
  substitute?: string | Named;
  at: string;
  seen?: string;
}

/** A signature as the API takes it; `at` says when it was pressed. */
export interface Signature {
  id: string;
  at: string;
}

/** What of a mark somebody chose: the rest is added when it is made. */
export interface Choice {
  mark: MarkKind;
  minutes?: number;
  substitute?: string | Named;
  /** The substitute's name, for the row: it is not sent when the person is known. */
  substituteName?: string;
}

const words: Record<MarkKind, string> = { attended: "Attended", part: "In part", apologies: "Apologies", dna: "Did not attend", substitute: "Substitute", vacant: "Vacant", "not-appointed": "Not appointed" };

/** "Attended", "In part (200 minutes)": as the server writes it. */
export const wordOf = (kind: MarkKind, minutes?: number | null): string =>
  kind === "part" && minutes !== undefined && minutes !== null ? `In part (${minutes} minutes)` : words[kind];

/** "20 attended, 1 in part": the kinds in their order, without what nobody is. */
export function tally(kinds: readonly MarkKind[]): string {
  return (Object.keys(words) as MarkKind[])
    .map(kind => [kinds.filter(one => one === kind).length, words[kind].toLowerCase()] as const)
    .filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`).join(", ");
}

/** An id of an event's own. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The row that a mark belongs to. */
export const keyOf = (mark: Pick<Mark, "personId" | "walkIn" | "seat">): string =>
  mark.personId ?? (mark.seat ? `seat ${mark.seat}` : `walk ${mark.walkIn!.email.trim().toLowerCase()}`);
