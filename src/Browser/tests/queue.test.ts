import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../register/answer.ts";
import { backOff, freshPace, MostAtOnce, nextBatch, nextTime, resigned, settle, shifted, takeBack, united, waitingOf, type Kept, type Pace, type Verdict } from "../register/queue.ts";
import { chances, pressed, signature } from "./room.ts";

const offline: Verdict = { kind: "offline", sentence: "No network here." };

const bad: [string, Verdict][] = [
  ...[400, 401, 403, 404, 409, 413, 429, 500, 502, 503].map(status => [String(status), judge({ status, type: "application/problem+json", text: "{}" })] as [string, Verdict]),
  ["a page of the hotel", judge({ status: 200, type: "text/html", text: "<h1>Welcome</h1>" })],
  ["a way elsewhere", judge({ status: 0, type: "", text: "" })],
  ["half an answer", judge({ status: 200, type: "application/json", text: "{\"stored\":[" })],
  ["nothing named", judge({ status: 200, type: "application/json", text: "{\"stored\":[],\"flagged\":[],\"version\":7}" })],
  ["no answer", offline],
];

for (const [name, verdict] of bad) {
  test(`A3: after ${name} everything waits as before, and is not asked for again at once for ever`, () => {
    let [events, pace, now, asked]: [Kept[], Pace, number, number] = [[...Array.from({ length: 42 }, (_, i) => pressed(`p${i}`)), signature()], freshPace, 0, 0];
    const before = events.map(event => event.id);
    for (; now < 60_000; now = Math.max(now + 1, nextTime(events, "S-1", pace, now) ?? 60_000)) {
      const batch = nextBatch(events, "S-1", pace, now);
      if (batch.length === 0) continue;
      asked++;
      ({ events, pace } = settle(events, batch, pace, verdict, now, 0.5));
    }
    assert.deepEqual(events.map(event => event.id), before);
    assert.equal(waitingOf(events).length, 43);
    assert.ok(asked > 0 && asked <= 90, `asked ${asked} times in a minute`);
    assert.equal(takeBack(events, new Set([before[0]!])), null, "what may have arrived is not taken back");
  });
}

/** A server that keeps what it is sent, and a network and a house that lose, cut, refuse and lie. */
function world(seed: number): { lost: string[]; twice: string[]; early: boolean; rounds: number } {
  const chance = chances(seed);
  const kept = new Map<string, number>();
  const poisoned = new Set<string>();
  let [events, pace, now, version, rounds]: [Kept[], Pace, number, number, number] = [[], freshPace, 0, 0, 0];
  let early = false;
  const all: string[] = [];
  const press = (): void => {
    const event = chance() < 0.03 ? signature() : pressed(`p${Math.floor(chance() * 30)}`);
    if (event.signature) events = resigned(events, "S-1");
    if (event.mark && chance() < 0.02) poisoned.add(event.id);
    events = [...events, event];
    if (event.mark) all.push(event.id);
  };
  const answer = (batch: readonly Kept[], calm: boolean): Verdict => {
    const fate = calm ? 1 : chance();
    const store = (): Verdict => {
      if (batch.length > 25) return { kind: "refused", sentence: "Too large." };
      if (batch.some(event => poisoned.has(event.id))) return { kind: "refused", sentence: "Nobody is their own substitute." };
      for (const event of batch) kept.set(event.id, (kept.get(event.id) ?? 0) + (kept.has(event.id) ? 0 : 1));
      version++;
      if (batch[0]!.signature) {
        early ||= waitingOf(events).some(event => event.mark && !event.refused);
        return { kind: "signed", signed: true, version };
      }
      return { kind: "stored", stored: batch.map(event => event.id), flagged: [], version };
    };
    if (fate < 0.2) return offline;
    if (fate < 0.35) return (store(), offline);   // It arrived; the answer did not.
    if (fate < 0.6) return bad[Math.floor(chance() * bad.length)]![1];
    return store();
  };
  for (let round = 0; round < 4000; round++) {
    const calm = round > 400;
    if (!calm && chance() < 0.4) press();
    if (!calm && chance() < 0.05) events = united([], events.map(event => ({ ...event, tried: true })));   // The page was closed and opened.
    now += chance() * 3000;
    const batch = nextBatch(events, "S-1", pace, now);
    if (batch.length === 0) {
      const next = nextTime(events, "S-1", pace, now);
      if (calm && next === null) break;
      if (calm) now = Math.max(now, next!);
      continue;
    }
    rounds++;
    ({ events, pace } = settle(events, batch, pace, answer(batch, calm), now, chance()));
    if (calm && waitingOf(events).every(event => event.signature ? event.refused : poisoned.has(event.id))) break;
  }
  return {
    lost: all.filter(id => !events.some(event => event.id === id) || (!poisoned.has(id) && !kept.has(id))),
    twice: [...kept].filter(([, times]) => times !== 1).map(([id]) => id), early, rounds,
  };
}

test("A3: whatever network and server do, every mark is stored once, none is lost, one that is refused holds up no other, and no signature goes before its marks", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { lost, twice, early, rounds } = world(seed);
    assert.deepEqual({ seed, lost, twice, early }, { seed, lost: [], twice: [], early: false });
    assert.ok(rounds < 3000, `${rounds} rounds at seed ${seed}`);
  }
});

test("a batch that is too large is halved until it goes, and grows again", () => {
  let [events, pace]: [Kept[], Pace] = [Array.from({ length: 150 }, (_, i) => pressed(`p${i}`)), freshPace];
  const sizes: number[] = [];
  for (let i = 0; i < 20 && waitingOf(events).length > 0; i++) {
    const batch = nextBatch(events, "S-1", pace, 0);
    sizes.push(batch.length);
    const verdict: Verdict = batch.length > 30 ? { kind: "refused", sentence: "Too large." } : { kind: "stored", stored: batch.map(event => event.id), flagged: [], version: 1 };
    ({ events, pace } = settle(events, batch, pace, verdict, 0, 0));
  }
  assert.deepEqual(sizes.slice(0, 4), [MostAtOnce, 50, 25, 50]);
  assert.equal(waitingOf(events).length, 0);
});

test("A6: a signature goes alone and last; a mark that the server never takes holds it up until the person is marked anew", () => {
  const [refused, sign] = [pressed("p1", { refused: "Nobody is their own substitute.", notBefore: 1e9, tried: true }), signature()];
  assert.deepEqual(nextBatch([refused, sign], "S-1", freshPace, 0), []);
  const again = pressed("p1");
  assert.deepEqual(nextBatch([refused, sign, again], "S-1", freshPace, 0), [again]);
  assert.deepEqual(nextBatch([refused, sign, { ...again, state: "stored" }], "S-1", freshPace, 0), [sign]);
});

test("A6: a signature that the server refuses waits for its trainer, and a new one takes its place", () => {
  const sign = signature();
  const { events, pace } = settle([sign], [sign], freshPace, { kind: "refused", sentence: "Not marked yet: Tolu Adeyemi." }, 0, 0);
  assert.equal(events[0]!.refused, "Not marked yet: Tolu Adeyemi.");
  assert.deepEqual(nextBatch(events, "S-1", pace, 1e9), []);
  assert.deepEqual(resigned(events, "S-1"), []);
  assert.deepEqual(resigned([{ ...sign, state: "stored" }], "S-1").length, 1);
});

test("only what cannot have reached the server is taken back", () => {
  const [one, other] = [pressed("p1"), pressed("p2", { tried: true })];
  assert.deepEqual(takeBack([one, other], new Set([one.id])), [other]);
  assert.equal(takeBack([one, other], new Set([one.id, other.id])), null);
});

test("a press is held for a moment, so that it can be taken back", () => {
  const held = pressed("p1", { notBefore: 1200 });
  assert.deepEqual(nextBatch([held], "S-1", freshPace, 1199), []);
  assert.equal(nextTime([held], "S-1", freshPace, 0), 1200);
  assert.deepEqual(nextBatch([held], "S-1", freshPace, 1200), [held]);
});

test("waiting grows from one second to a minute, and never beyond", () => {
  assert.deepEqual([1, 2, 3, 30].map(failures => [backOff(failures, 0), backOff(failures, 1)]), [[1000, 2000], [2000, 4000], [4000, 8000], [30_000, 60_000]]);
});

test("two windows of one browser agree: what one knows as stored is stored, what only one has is kept", () => {
  const [one, other] = [pressed("p1"), pressed("p2")];
  assert.deepEqual(united([one], [{ ...one, state: "stored", version: 4 }, other]).map(event => [event.id, event.state]), [[one.id, "stored"], [other.id, "waiting"]]);
  assert.deepEqual(united([{ ...one, state: "stored" }], [one]).map(event => event.state), ["stored"]);
});

test("A2: what waits moves along with a clock that was put back, what is stored does not", () => {
  const [waits, stored] = [pressed("p1"), pressed("p2", { state: "stored" })];
  assert.deepEqual(shifted([waits, stored], -3_600_000).map(event => event.mark!.at), ["2026-11-26T08:31:00.000Z", "2026-11-26T09:31:00.000Z"]);
});
