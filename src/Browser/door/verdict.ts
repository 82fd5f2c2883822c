import type { Kept } from "../register/queue.ts";
import { isIn, rowsOf, type Part, type Row, type Sheet } from "../register/sheet.ts";
import { holderOf, type DoorList, type Holder } from "./list.ts";

/** What a ticket is at a door. */
export type Verdict =
  /** They may come in; `row` is theirs in the register. */
  | { kind: "in"; person: Holder; row: Row }
  /** They are in already, since `at`; `by` whom, where it was not this tablet. */
  | { kind: "again"; person: Holder; at: string; by: string | null }
  /** They have a ticket, and are not on this list. */
  | { kind: "elsewhere"; person: Holder }
  | { kind: "unknown" };

/** Judges a ticket by what this tablet knows: the server's register, and over it what was scanned here. Pure. */
export function judge(list: DoorList, code: string, sheet: Sheet, part: Part, events: readonly Kept[], device: string): Verdict {
  const person = holderOf(list, code);
  return person ? judgePerson(person, sheet, part, events, device) : { kind: "unknown" };
}

export function judgePerson(person: Holder, sheet: Sheet, part: Part, events: readonly Kept[], device: string): Verdict {
  const row = rowsOf(sheet, part, events, device).find(one => one.personId === person.personId);
  if (!row) return { kind: "elsewhere", person };
  if (row.mark !== "attended") return { kind: "in", person, row };
  const own = events.filter(event => event.ref === sheet.session && event.mark?.personId === person.personId && event.mark.part === part.id && !isIn(sheet, event)).at(-1);
  const standing = sheet.people.find(one => one.personId === person.personId)?.marks.find(mark => mark.part === part.id);
  return own ? { kind: "again", person, at: own.mark!.at, by: null } : { kind: "again", person, at: standing!.at, by: standing!.device === device ? null : standing!.by ?? "another device" };
}

/** How many are in. */
export const countIn = (rows: readonly Row[]): number => rows.filter(row => row.mark === "attended").length;
