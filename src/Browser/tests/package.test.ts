import assert from "node:assert/strict";
import { test } from "node:test";
import { mayOpen } from "../frame/prerequisites.ts";
import { duration, secondsOf, timespan } from "../frame/times.ts";
import { wordOf } from "../package/contents.ts";
import type { Commit } from "../package/protocol.ts";
import { nextBatch, withoutOvertaken } from "../package/queue.ts";

const states: Record<string, string> = { a: "completed", b: "incomplete", c: "passed", d: "failed" };
const opens = (written: string): boolean => mayOpen(written, item => states[item] ?? null);

test("prerequisites of SCORM 1.2 open what they say, and close nothing where they say something else", () => {
  for (const open of ["", "a", "a&c", "a AND c", "b|c", "(a & b) OR c", "~b", "NOT d", 'b = "incomplete"', "d <> passed", "a <> \"failed\" & c"]) assert.equal(opens(open), true, open);
  for (const closed of ["b", "d", "a & b", "b | d", "~a", "(a | b) & d", 'a = "failed"', "b AND (a OR c)"]) assert.equal(opens(closed), false, closed);
  for (const strange of ["unknown", "2*{a,b,c}", "a &", "(a", "a b", "\"", "& a", "= ="]) assert.equal(opens(strange), true, strange);
});

test("times are written and read as both standards have them", () => {
  assert.equal(timespan(3725), "01:02:05");
  assert.equal(timespan(400_000), "111:06:40");
  assert.equal(duration(3725), "PT1H2M5S");
  for (const [text, seconds] of [["00:01:30.5", 90.5], ["0100:00:00", 360_000], ["PT1H30M", 5400], ["P1DT1S", 86_401], ["PT0.5S", 0.5], ["P", null], ["soon", null], ["", null]] as const) assert.equal(secondsOf(text), seconds, text);
});

const commit = (id: string, more: Partial<Commit> = {}): Commit =>
  ({ id, item: "one", session: "s", device: "d", at: "2024-01-01T00:00:00Z", n: 1, cmi: { "cmi.location": id }, seconds: 1, end: false, over: false, part: false, ...more });

test("of a session only the newest waits, and whatever said something else of its status", () => {
  const waiting = [
    commit("opened", { cmi: {} }), commit("1"), commit("2", { cmi: { "cmi.completion_status": "completed" } }), commit("3"), commit("other", { item: "two" }), commit("part", { part: true }), commit("4"), commit("end", { end: true }), commit("5"),
  ];
  assert.deepEqual(withoutOvertaken(waiting, new Set(["3"])).waiting.map(one => one.id), ["opened", "1", "2", "3", "other", "part", "end", "5"]);
  assert.deepEqual(withoutOvertaken(waiting, new Set(["3"])).dropped, ["4"]);
});

test("a batch is as large as an upload takes, and never empty", () => {
  const large = (id: string): Commit => commit(id, { cmi: { "cmi.suspend_data": "x".repeat(400_000) } });
  assert.deepEqual(nextBatch([large("1"), large("2")]).map(one => one.id), ["1"]);
  assert.equal(nextBatch(Array.from({ length: 300 }, (_, index) => commit(`${index}`))).length, 100);
  assert.deepEqual(nextBatch([]), []);
});

test("what stands of an item is one word", () => {
  assert.equal(wordOf(undefined), "not started");
  assert.equal(wordOf({ completion: "incomplete", success: "unknown" }), "begun");
  assert.equal(wordOf({ completion: "completed", success: "failed" }), "failed");
  assert.equal(wordOf({ completion: "completed", success: "unknown" }), "completed");
  assert.equal(wordOf({ completion: "incomplete", success: "passed" }), "passed");
});
