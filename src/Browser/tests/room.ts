import type { Kept } from "../register/queue.ts";
import type { Person, Sheet, Standing } from "../register/sheet.ts";

/** Chance that is the same at each run: what failed once fails again. */
export function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let made = 0;

export const pressed = (personId: string, more: Partial<Kept> & { kind?: "attended" | "dna"; part?: string } = {}): Kept => {
  const { kind = "attended", part = "one", ...rest } = more;
  const id = `event ${++made}`;
  return { id, ref: "S-1", order: made, state: "waiting", tried: false, notBefore: 0, mark: { id, part, personId, mark: kind, at: "2026-11-26T09:31:00.000Z" }, ...rest };
};

export const signature = (more: Partial<Kept> = {}): Kept => {
  const id = `signature ${++made}`;
  return { id, ref: "S-1", order: made, state: "waiting", tried: false, notBefore: 0, signature: { id, at: "2026-11-26T16:00:00.000Z" }, ...more };
};

export const standing = (more: Partial<Standing> = {}): Standing => ({
  part: "one", mark: "attended", minutes: null, substitute: null, substituteName: null, event: "theirs", device: "another", by: "Ana Silva", at: "2026-11-26T09:30:00Z", other: null, decided: false, ...more,
});

export const person = (personId: string, name: string, marks: Standing[] = [], more: Partial<Person> = {}): Person => ({
  bookingId: `booking of ${personId}`, personId, name, label: name, given: name.split(" ")[0]!, letter: name.split(" ").at(-1)![0]!, agency: "Essex Police", marks, ...more,
});

export const sheet = (people: Person[], more: Partial<Sheet> = {}): Sheet => ({
  session: "S-1", signed: false, signedAt: null, signedBy: null, reopened: null, open: true, title: "Graded Care Profile 2", venue: "Estuary Hall", capacity: 20, version: 5, people,
  parts: [{ id: "one", title: "Part 1", number: 1, when: "Thursday 26 November 2026, 9:30am to 3pm", from: "09:30", to: "15:00", ends: "2026-11-26T15:00:00Z", minutes: 330, minutesNeeded: 248 }], ...more,
});
