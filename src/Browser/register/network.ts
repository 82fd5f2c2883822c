import { judge, type Answer } from "./answer.ts";
import type { Mark } from "./mark.ts";
import type { Kept, Verdict } from "./queue.ts";
import type { Sheet } from "./sheet.ts";
import type { DoorList } from "../door/list.ts";

const Patience = 20_000;
const root = "/api/v1";
const register = (ref: string): string => `${root}/registers/${encodeURIComponent(ref)}`;

/** Asks the server, and always comes back: with the answer, or with null where none came. */
async function ask(address: string, options: RequestInit = {}): Promise<Answer & { etag?: string } | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), Patience);
  try {
    const answer = await fetch(address, { ...options, signal: stop.signal, redirect: "manual", cache: "no-store", credentials: "same-origin" });
    const [text, after, etag] = [await answer.text(), Number(answer.headers.get("Retry-After")), answer.headers.get("ETag")];
    return { status: answer.status, type: answer.headers.get("Content-Type") ?? "", text, ...(after > 0 && { retryAfter: after }), ...(etag && { etag }) };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function read<T>(answer: Answer | null): T | null {
  if (!answer || answer.status !== 200 || !answer.type.startsWith("application/json")) return null;
  try {
    return JSON.parse(answer.text) as T;
  } catch {
    return null;
  }
}

const json = (body: unknown, owner: string | null): RequestInit => ({
  method: "POST",
  // The server takes what is sent only while its owner is the one who is signed in.
  headers: { "Content-Type": "application/json", ...(owner && { "Tablet-Owner": owner }) },
  body: JSON.stringify(body),
});

/** Sends a batch of one register. Each upload carries the tablet's clock (A2). */
export async function deliver(batch: readonly Kept[], device: string, owner: string | null): Promise<Verdict> {
  const ref = batch[0]!.ref;
  const signature = batch[0]!.signature;
  const deviceNow = new Date().toISOString();
  const answer = signature
    ? await ask(`${register(ref)}/signature`, json({ id: signature.id, device, deviceNow, at: signature.at }, owner))
    : await ask(`${register(ref)}/marks`, json({ device, deviceNow, marks: batch.map(event => event.mark as Mark) }, owner));
  return answer ? judge(answer) : { kind: "offline", sentence: "No network here." };
}

/** The sheet, when it is newer than the version that is known; "same"; or the status of whatever came. */
export async function sheetOf(ref: string, known?: number): Promise<Sheet | "same" | { status: number }> {
  const answer = await ask(register(ref), known === undefined ? {} : { headers: { "If-None-Match": `"${known}"` } });
  if (answer?.status === 304) return "same";
  const sheet = read<Sheet>(answer);
  return sheet && Array.isArray(sheet.people) && typeof sheet.version === "number" ? sheet : { status: answer?.status ?? 0 };
}

/** The tickets of a door; null: nobody could be asked. */
export const doorOf = async (ref: string): Promise<DoorList | null> => read<DoorList>(await ask(`${register(ref)}/door`));

export const keyAnswer = async (): Promise<{ owner: string; name: string; key: string } | null> => read(await ask(`${root}/tablet-key`, { method: "POST" }));

export const soon = async (): Promise<string[]> => read<{ sessions: string[] }>(await ask(`${root}/registers`))?.sessions ?? [];

export interface FoundPerson {
  personId: string;
  name: string;
  agency: string | null;
}

/** Who is called so; null: nobody could be asked. */
export const people = async (ref: string, name: string): Promise<FoundPerson[] | null> =>
  read<{ people: FoundPerson[] }>(await ask(`${register(ref)}/people?name=${encodeURIComponent(name)}`))?.people ?? null;
