import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, whereTo, type DoorList } from "../door/list.ts";
import { countIn, judge } from "../door/verdict.ts";
import type { Kept } from "../register/queue.ts";
import { rowsOf, type Part, type Sheet } from "../register/sheet.ts";

const [ticketOfAda, ticketOfBen] = ["A".repeat(32), "B".repeat(32)];
const part: Part = { id: "p", title: "Day", number: 1, when: "", from: "09:00", to: "16:00", ends: "2024-06-05T15:00:00Z", minutes: 420, minutesNeeded: 315 };
const person = (personId: string, name: string) => ({ bookingId: `b${personId}`, personId, name, label: name, given: name, letter: name[0]!, agency: null, marks: [] });
const sheet: Sheet = { session: "W1", signed: false, signedAt: null, signedBy: null, reopened: null, open: true, title: "Workshop", venue: null, capacity: 5, parts: [part], people: [person("ada", "Ada")], version: 1 };
const list: DoorList = {
  session: "W1", title: "Workshop", places: [{ ref: "C", title: "The door", room: null, times: null }, { ref: "W1", title: "Dental neglect", room: "Room A", times: "10am to 11am" }, { ref: "W2", title: "Young carers", room: "Room B", times: "10am to 11am" }],
  people: [{ personId: "ada", name: "Ada", agency: null, ticket: ticketOfAda, workshops: ["W1"] }, { personId: "ben", name: "Ben", agency: null, ticket: ticketOfBen, workshops: ["W2"] }],
};
const scan = (id: string): Kept => ({ id, ref: "W1", order: 1, state: "waiting", tried: false, notBefore: 0, mark: { id, part: "p", personId: "ada", mark: "attended", at: "2024-06-05T09:12:00Z" } });

test("B14: a ticket's code is read however it was printed, and what is none is none", () => {
  assert.equal(codeOf("aaaaaaaa-AAAAAAAA-aaaaaaaa-aaaaaaaa"), ticketOfAda);
  for (const text of ["", "https://elsewhere.example/", "A".repeat(31), "A".repeat(33), `${"A".repeat(31)}G`]) assert.equal(codeOf(text), null);
});

test("A3: a ticket that is scanned twice is said, with when, and by whom where it was another tablet", () => {
  assert.equal(judge(list, ticketOfAda, sheet, part, [], "mine").kind, "in");
  assert.deepEqual(judge(list, ticketOfAda, sheet, part, [scan("e1")], "mine"), { kind: "again", person: list.people[0]!, at: "2024-06-05T09:12:00Z", by: null });
  const standing = { part: "p", mark: "attended" as const, minutes: null, substitute: null, substituteName: null, event: "e2", device: "theirs", by: "Joe Mwangi", at: "2024-06-05T08:59:00Z", other: null, decided: false };
  const fresh: Sheet = { ...sheet, version: 2, people: [{ ...sheet.people[0]!, marks: [standing] }] };
  assert.deepEqual(judge(list, ticketOfAda, fresh, part, [], "mine"), { kind: "again", person: list.people[0]!, at: standing.at, by: "Joe Mwangi" });
  // What the register said otherwise is no reason to turn anybody away.
  assert.equal(judge(list, ticketOfAda, { ...fresh, people: [{ ...sheet.people[0]!, marks: [{ ...standing, mark: "dna" as const }] }] }, part, [], "mine").kind, "in");
});

test("B14: who is not on a workshop's list is told where theirs is, and a strange ticket is none", () => {
  assert.equal(judge(list, ticketOfBen, sheet, part, [], "mine").kind, "elsewhere");
  assert.equal(whereTo(list, list.people[1]!), "Their workshop then is Young carers, Room B.");
  assert.equal(whereTo(list, { ...list.people[1]!, workshops: [] }), "They have no workshop then.");
  assert.equal(judge(list, "C".repeat(32), sheet, part, [], "mine").kind, "unknown");
});

test("who is in is counted once", () => assert.equal(countIn(rowsOf(sheet, part, [scan("e1"), { ...scan("e3"), order: 2 }], "mine")), 1));
