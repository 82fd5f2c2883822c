import type { Commit } from "./protocol.ts";

/** What of what waits is sent at once. */
export const MostAtOnce = 100;
const MostCharacters = 600_000;

const said = ["cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status", "cmi.core.score.raw", "cmi.score.scaled", "cmi.score.raw"];

/** The next to be sent, in order, as many as an upload takes; one that alone is too many goes alone. */
export function nextBatch(waiting: readonly Commit[]): Commit[] {
  const batch: Commit[] = [];
  let size = 0;
  for (const commit of waiting.slice(0, MostAtOnce)) {
    size += JSON.stringify(commit).length;
    if (batch.length > 0 && size > MostCharacters) break;
    batch.push(commit);
  }
  return batch;
}

/** Without what a later one of the same session says again: all of it, for each is whole. Whatever said something else of status or score stays, for the best of them counts. */
export function withoutOvertaken(waiting: readonly Commit[], sending: ReadonlySet<string>): { waiting: Commit[]; dropped: string[] } {
  const dropped = new Set<string>();
  const later = new Map<string, Commit>();
  for (const commit of [...waiting].reverse()) {
    const key = `${commit.session} ${commit.item}`;
    const next = later.get(key);
    const whole = !commit.part && Object.keys(commit.cmi).length > 0;
    if (next && whole && !commit.end && !commit.over && !sending.has(commit.id) && said.every(element => commit.cmi[element] === next.cmi[element])) dropped.add(commit.id);
    if (whole) later.set(key, commit);
  }
  return { waiting: waiting.filter(commit => !dropped.has(commit.id)), dropped: [...dropped] };
}

/** Doubles from two seconds to a minute, with half of it left to chance. */
export const backOff = (failures: number, chance: number): number => {
  const full = Math.min(60_000, 2000 * 2 ** Math.min(failures - 1, 10));
  return full / 2 + (full / 2) * chance;
};
