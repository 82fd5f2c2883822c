import { keyOf, type Mark, type Signature } from "./mark.ts";
import { moved } from "./clock.ts";

/** Something that was pressed on this tablet. It stays here until the server has named it as stored; no answer and no lack of one removes it. */
export interface Kept {
  id: string;
  ref: string;
  order: number;
  mark?: Mark;
  signature?: Signature;
  /** Names for the row, which are not sent. */
  shows?: { name?: string; agency?: string | null; substitute?: string };
  state: "waiting" | "stored";
  /** It may have reached the server, so it is not taken back any more. */
  tried: boolean;
  /** Not sent before (milliseconds): while it can still be taken back, or after it was refused by itself. */
  notBefore: number;
  /** What the server says against this one alone. */
  refused?: string;
  /** Why somebody should look at it. */
  flagged?: string;
  /** Of the register, once it is stored. */
  version?: number;
}

/** How fast a register's events are sent. */
export interface Pace {
  size: number;
  failures: number;
  notBefore: number;
}

/** What came of an upload. Only the first two say that anything is stored. */
export type Verdict =
  | { kind: "stored"; stored: readonly string[]; flagged: readonly { id: string; why: string }[]; version: number }
  | { kind: "signed"; signed: boolean; version: number }
  | { kind: "refused"; sentence: string; missing?: readonly { part: string; personId: string; name: string }[] }
  | { kind: "offline" | "strange" | "signIn" | "busy" | "closed"; sentence: string; after?: number };

export const MostAtOnce = 100;
const FirstWait = 2000, LongestWait = 60_000, AskAgain = 600_000;

export const freshPace: Pace = { size: MostAtOnce, failures: 0, notBefore: 0 };

export const waitingOf = (events: readonly Kept[], ref?: string): Kept[] => events.filter(event => event.state === "waiting" && (ref === undefined || event.ref === ref));

/** What of one register is to be sent now, in the order of pressing. A signature goes alone, and after everything that it signs. */
export function nextBatch(events: readonly Kept[], ref: string, pace: Pace, now: number): Kept[] {
  if (pace.notBefore > now) return [];
  const waiting = waitingOf(events, ref);
  const marks = waiting.filter(event => event.mark);
  const due = marks.filter(event => event.notBefore <= now);
  // What was refused alone is asked again alone, so that it holds up nothing else.
  const [good, bad] = [due.filter(event => !event.refused), due.filter(event => event.refused)];
  if (good.length > 0) return good.slice(0, pace.size);
  if (bad.length > 0) return bad.slice(0, 1);
  if (marks.some(event => !isSetAside(event, events))) return [];
  return waiting.filter(event => event.signature && event.notBefore <= now).slice(-1);
}

/** A mark that the server does not take, and after which the same person was marked anew: it stays, but nothing waits for it. */
function isSetAside(event: Kept, events: readonly Kept[]): boolean {
  return event.refused !== undefined && events.some(other =>
    other.ref === event.ref && other.order > event.order && !other.refused && other.mark && other.mark.part === event.mark!.part && keyOf(other.mark) === keyOf(event.mark!));
}

/** When there is next something to send; null: nothing waits, or only what the trainer has to see to. */
export function nextTime(events: readonly Kept[], ref: string, pace: Pace, now: number): number | null {
  const waiting = waitingOf(events, ref);
  const marks = waiting.filter(event => event.mark);
  const signable = marks.every(event => isSetAside(event, events));
  const times = [...marks, ...(signable ? waiting.filter(event => event.signature) : [])].map(event => Math.max(event.notBefore, pace.notBefore, now));
  const soonest = Math.min(...times);
  return Number.isFinite(soonest) ? soonest : null;
}

/** Doubles from two seconds to a minute, with half of it left to chance, so that a hall of tablets does not come back at once. */
export const backOff = (failures: number, chance: number): number => {
  const full = Math.min(LongestWait, FirstWait * 2 ** Math.min(failures - 1, 10));
  return full / 2 + (full / 2) * chance;
};

/** Applies what came of sending a batch. Events are changed, never removed. */
export function settle(events: readonly Kept[], batch: readonly Kept[], pace: Pace, verdict: Verdict, now: number, chance: number): { events: Kept[]; pace: Pace } {
  const sent = new Set(batch.map(event => event.id));
  const change = (one: (event: Kept) => Kept): Kept[] => events.map(event => (sent.has(event.id) ? one(event) : event));
  const failed = (wait?: number): Pace => ({ ...pace, failures: pace.failures + 1, notBefore: now + (wait ?? backOff(pace.failures + 1, chance)) });
  const good = (event: Kept, version: number): Kept => {
    const { refused: _, ...rest } = event;
    return { ...rest, state: "stored", tried: true, version };
  };
  switch (verdict.kind) {
    case "stored": {
      const [stored, why] = [new Set(verdict.stored), new Map(verdict.flagged.map(one => [one.id, one.why]))];
      const all = batch.every(event => stored.has(event.id));
      return {
        events: change(event => (stored.has(event.id) && event.mark ? { ...good(event, verdict.version), ...(why.has(event.id) && { flagged: why.get(event.id)! }) } : { ...event, tried: true })),
        pace: all ? { size: Math.min(MostAtOnce, pace.size * 2), failures: 0, notBefore: 0 } : failed(),
      };
    }
    case "signed":
      return { events: change(event => (event.signature ? good(event, verdict.version) : event)), pace: freshPace };
    case "refused":
      return batch.length > 1
        ? { events: change(event => ({ ...event, tried: true })), pace: { size: Math.ceil(batch.length / 2), failures: 0, notBefore: 0 } }
        : {
            // A signature waits for its trainer, who is told what is missing; a mark is asked again now and then.
            events: change(event => ({ ...event, tried: true, refused: verdict.sentence, notBefore: event.signature ? Number.MAX_SAFE_INTEGER : now + AskAgain })),
            pace: { ...pace, failures: 0, notBefore: 0 },
          };
    case "closed":
      return { events: change(event => ({ ...event, tried: true })), pace: failed(Math.max(AskAgain / 2, verdict.after ?? 0)) };
    default:
      return { events: change(event => ({ ...event, tried: true })), pace: failed(verdict.after) };
  }
}

/** Without what its trainer takes back: only what cannot have reached the server. Null: nothing is taken back, since one of them may have. */
export function takeBack(events: readonly Kept[], ids: ReadonlySet<string>): Kept[] | null {
  return events.some(event => ids.has(event.id) && (event.tried || event.state !== "waiting")) ? null : events.filter(event => !ids.has(event.id));
}

/** A new signature takes the place of one that is not stored: its trainer has pressed again. */
export const resigned = (events: readonly Kept[], ref: string): Kept[] => events.filter(event => !(event.ref === ref && event.signature && event.state === "waiting"));

/** What waits, moved along with a clock that was put back. */
export const shifted = (events: readonly Kept[], by: number): Kept[] =>
  by === 0 ? [...events] : events.map(event => (event.state === "waiting" && event.mark ? { ...event, mark: { ...event.mark, at: moved(event.mark.at, by) } } : event));

/** Of two copies of the events, the newer: what either knows as stored is stored, what only one has is kept. */
export function united(one: readonly Kept[], other: readonly Kept[]): Kept[] {
  const all = new Map(one.map(event => [event.id, event]));
  for (const event of other) {
    const had = all.get(event.id);
    all.set(event.id, !had || (had.state === "waiting" && event.state === "stored") ? event : { ...had, tried: had.tried || event.tried });
  }
  return [...all.values()].sort((a, b) => a.order - b.order);
}
