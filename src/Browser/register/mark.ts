/** A mark as the API takes it (POST /api/v1/registers/{ref}/marks). */
export interface Mark {
  id: string;
  part: string;
  personId: string;
  mark: string;
  minutes?: number;
  substitute?: { name: string; email: string };
  at: string;
  seen?: string;
}

/** What the API answers. */
export interface Answer {
  stored: string[];
  flagged: { id: string; why: string }[];
  version: number;
}

/** An id of a mark's own: sent twice, it is one mark (A3). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The id of a row's fields is a person's without dashes; the API wants them. */
export const withDashes = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
