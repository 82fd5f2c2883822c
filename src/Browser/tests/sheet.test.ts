import assert from "node:assert/strict";
import { test } from "node:test";
import { moved, putBack } from "../register/clock.ts";
import { folded, matches, minutesBetween, missing, rowsOf, seatsOf, tallyOf } from "../register/sheet.ts";
import { person, pressed, sheet, standing } from "./room.ts";

const part = sheet([]).parts[0]!;

test("A2: what this tablet pressed last stands over what the server knew, until the server's sheet is as new", () => {
  const room = sheet([person("p1", "Tolu Adeyemi", [standing()])]);
  const mine = pressed("p1", { kind: "dna" });
  assert.deepEqual(rowsOf(room, part, [mine], "mine").map(row => [row.mark, row.seen]), [["dna", mine.id]]);
  assert.equal(rowsOf(room, part, [{ ...mine, state: "stored", version: 6 }], "mine")[0]!.mark, "dna");
  assert.equal(rowsOf(room, part, [{ ...mine, state: "stored", version: 5 }], "mine")[0]!.mark, "attended");
  assert.equal(rowsOf(room, part, [pressed("p1", { kind: "dna", part: "two" })], "mine")[0]!.mark, "attended");
});

test("A2: who decides a dispute names an event of the other device as seen, whichever stands", () => {
  const theirs = { mark: "dna" as const, minutes: null, substituteName: null, event: "theirs", device: "another", by: "Ana Silva", at: "2026-11-26T09:40:00Z" };
  const seen = (room: ReturnType<typeof sheet>): string | undefined => rowsOf(room, part, [], "mine")[0]!.seen;
  assert.equal(seen(sheet([person("p1", "Tolu Adeyemi", [standing({ event: "mine", device: "mine", other: theirs })])])), "theirs");
  assert.equal(seen(sheet([person("p1", "Tolu Adeyemi", [standing({ event: "theirs", other: { ...theirs, event: "mine", device: "mine" } })])])), "theirs");
  const disputed = sheet([person("p1", "Tolu Adeyemi", [standing({ other: theirs })])]);
  assert.equal(rowsOf(disputed, part, [], "mine")[0]!.mark, undefined);
  assert.equal(rowsOf(disputed, part, [pressed("p1")], "mine")[0]!.dispute, undefined);
});

test("A4: somebody who was added has a row until the server's sheet has it", () => {
  const added = pressed("", { shows: { name: "Wren Vickers", agency: "Fire and Rescue" } });
  const walkIn = { name: "Wren Vickers", email: "Wren@fire.example" };
  const { personId: _, ...mark } = added.mark!;
  const event = { ...added, mark: { ...mark, walkIn } };
  const rows = rowsOf(sheet([person("p1", "Tolu Adeyemi")]), part, [event], "mine");
  assert.deepEqual(rows.map(row => [row.name, row.booked, row.mark]), [["Tolu Adeyemi", true, undefined], ["Wren Vickers", false, "attended"]]);
  assert.equal(rowsOf(sheet([]), part, [{ ...event, state: "stored", version: 5 }], "mine").length, 0);
});

test("A6: nobody signs while somebody with a place has no mark in any part; a dispute is a mark, a walk-in needs none", () => {
  const two = sheet([], { parts: [part, { ...part, id: "two", number: 2 }] });
  const room = { ...two, people: [person("p1", "Tolu Adeyemi", [standing(), standing({ part: "two" })]), person("p2", "Ruth Ansah", [standing()]), person("p3", "Walk In", [], { bookingId: null })] };
  assert.deepEqual(missing(room, [], "mine").map(gap => [gap.part.id, gap.people.map(row => row.name)]), [["two", ["Ruth Ansah"]]]);
  assert.deepEqual(missing(room, [pressed("p2", { part: "two" })], "mine"), []);
});

test("A1: an empty seat stands as the forum's seats say until somebody presses the other, and is nobody's row", () => {
  const seat = { seatId: "s1", seat: "Lay member", agency: null, otherwise: "vacant" as const, marks: [] };
  const room = sheet([person("p1", "Tolu Adeyemi")], { seats: [seat] });
  assert.deepEqual(seatsOf(room, part, [], "mine").map(row => [row.name, row.mark, row.seen]), [["Lay member", "vacant", undefined]]);
  const { personId: _, ...mark } = pressed("p1").mark!;
  const press = { ...pressed("p1"), mark: { ...mark, seat: "s1", mark: "not-appointed" as const } };
  assert.deepEqual(seatsOf(room, part, [press], "mine").map(row => [row.mark, row.seen]), [["not-appointed", press.id]]);
  assert.equal(rowsOf(room, part, [press], "mine").length, 1);
  assert.equal(tallyOf([...rowsOf(room, part, [pressed("p1")], "mine"), ...seatsOf(room, part, [press], "mine")]), "1 attended, 1 not appointed");
  const theirs = { mark: "vacant" as const, minutes: null, substituteName: null, event: "theirs", device: "another", by: "Ana Silva", at: "2026-11-26T09:40:00Z" };
  const disputed = sheet([], { seats: [{ ...seat, marks: [standing({ mark: "not-appointed", event: "ours", device: "mine", other: theirs })] }] });
  assert.deepEqual(seatsOf(disputed, part, [], "mine").map(row => [row.mark, row.seen, row.dispute?.other.by]), [[undefined, "theirs", "Ana Silva"]]);
  assert.deepEqual(seatsOf(sheet([]), part, [], "mine"), []);
});

test("A6: whoever holds a seat needs a mark as whoever booked does, and stands with the seat", () => {
  const room = sheet([person("p1", "Tolu Adeyemi", [], { bookingId: null, seat: "Essex Police", under: "Essex Police" })]);
  assert.deepEqual(missing(room, [], "mine").map(gap => gap.people.map(row => [row.name, row.under])), [[["Tolu Adeyemi", "Essex Police"]]]);
  assert.deepEqual(missing(room, [pressed("p1")], "mine"), []);
});

test("a name is found by any part of it, without accents, in any case", () => {
  const named = (name: string, substituteName?: string) => ({ name, ...(substituteName && { substituteName }) });
  assert.ok(matches(named("Zofia Dąbrowska"), "dabr"));
  assert.ok(matches(named("Bernadette Fitzgerald-Okonkwo-Hughes"), "okon BERN"));
  assert.ok(matches(named("Devon Clarke", "Jordan Pike"), "pike"));
  assert.ok(!matches(named("Tolu Adeyemi"), "tolu x"));
  assert.equal(folded("Łukasz Øystein"), "lukasz oystein");
});

test("A1, A7: minutes of who came late and left early, within the part", () => {
  assert.equal(minutesBetween(part, "10:00", ""), 300);
  assert.equal(minutesBetween(part, "", "14:15"), 285);
  assert.equal(minutesBetween(part, "08:00", "16:00"), 330);
  assert.equal(minutesBetween(part, "10:00", "09:00"), null);
  assert.equal(minutesBetween({ from: "22:00", to: "02:00", minutes: 240 }, "23:00", ""), null);
});

test("what the register says so far, in the order of the choices", () => {
  const row = { key: "", booked: true, name: "", label: "", given: "", letter: "", agency: null };
  assert.equal(tallyOf([{ ...row, mark: "dna" }, { ...row, mark: "attended" }, { ...row, mark: "attended" }, row]), "2 attended, 1 did not attend");
});

test("A2: a clock that was put back is noticed, one that slept is not", () => {
  assert.equal(putBack({ wall: 10_000_000, steady: 0 }, { wall: 6_401_000, steady: 1000 }), -3_600_000);
  assert.equal(putBack({ wall: 0, steady: 0 }, { wall: 36_000_000, steady: 1000 }), 0);
  assert.equal(putBack({ wall: 0, steady: 0 }, { wall: 500, steady: 1000 }), 0);
  assert.equal(moved("2026-11-26T10:31:00.000Z", -3_600_000), "2026-11-26T09:31:00.000Z");
});
