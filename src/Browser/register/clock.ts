/** What two clocks say at one moment: the tablet's own, which anybody can set, and one that only runs on. Milliseconds. */
export interface Moment {
  wall: number;
  steady: number;
}

export const moment = (): Moment => ({ wall: Date.now(), steady: performance.now() });

const Noise = 2000;

/**
 * By how much the tablet's clock was put back between two moments; 0 when it was not. What was marked before by the wrong clock is then moved along, for the server corrects all of an upload
 * by what the clock says as it is sent (A2). A clock that goes forward more than the steady one has mostly slept, and is let be: the server lets no mark lie in the future.
 */
export function putBack(before: Moment, now: Moment): number {
  const shift = now.wall - before.wall - (now.steady - before.steady);
  return shift < -Noise ? Math.round(shift) : 0;
}

/** The same instant, moved. */
export const moved = (at: string, by: number): string => new Date(Date.parse(at) + by).toISOString();

/** "10:42am", "9am", "midday": by the tablet's own clock, in the words of every other page. */
export const timeOf = (at: Date): string => {
  const said = at.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hourCycle: "h12" }).replace(/\s/, "").replace(":00", "").toLowerCase();
  return said === "12pm" ? "midday" : said === "12am" ? "midnight" : said;
};
