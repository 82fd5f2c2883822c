/** Spans of time as the standards write them. */

const two = (number: number): string => String(number).padStart(2, "0");

/** SCORM 1.2: HHHH:MM:SS. */
export const timespan = (seconds: number): string => `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;

/** SCORM 2004: PT…S. */
export const duration = (seconds: number): string => `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${Math.floor(seconds) % 60}S`;

/** Seconds of either; null: it is neither. */
export function secondsOf(text: string | undefined): number | null {
  const plain = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text ?? "");
  if (plain) return Number(plain[1]) * 3600 + Number(plain[2]) * 60 + Number(plain[3]);
  const iso = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? "");
  if (!iso || text === "P") return null;
  const [years, months, days, hours, minutes, seconds] = iso.slice(1).map(part => Number(part ?? 0)) as [number, number, number, number, number, number];
  return ((years * 365 + months * 30 + days) * 24 + hours) * 3600 + minutes * 60 + seconds;
}
