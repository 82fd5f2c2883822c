import { moment, putBack } from "./clock.ts";
import { newId } from "./mark.ts";
import * as network from "./network.ts";
import { freshPace, nextBatch, nextTime, settle, shifted, takeBack, united, waitingOf, type Kept, type Pace, type Verdict } from "./queue.ts";
import { keyFrom } from "./seal.ts";
import { isIn, type Sheet } from "./sheet.ts";
import { Shelf, type Owner } from "./shelf.ts";
import type { DoorList } from "../door/list.ts";

/** How sending goes: what the last upload of any register came to, and the sentence for it. */
export type Condition = { kind: "fine" } | Exclude<Verdict, { kind: "stored" | "signed" }>;

const OtherWindow = 2000;

/**
 * This browser as the tablet of one trainer: keeps what is pressed, then sends it until the server names it as stored. It sends what waits of every register of theirs, also of those that
 * are not open. Where the browser keeps nothing, what is pressed lives in this page, is sent at once, and the page says so.
 */
export class Tablet {
  owner: Owner | null = null;
  device = `tablet ${newId()}`;
  events: Kept[] = [];
  condition: Condition = { kind: "fine" };
  /** Why the browser keeps nothing, in a sentence; null: it does. */
  unkept: string | null = null;
  /** Whether the browser promises to keep what it has: it says so of no private window. */
  lasting = false;
  sentAt: Date | null = null;
  savedAt: Date | null = null;
  changed: () => void = () => {};
  settled: (batch: readonly Kept[], verdict: Verdict) => void = () => {};

  private shelf: Shelf | null = null;
  private readonly saved = new Set<string>();
  private readonly removed = new Set<string>();
  private readonly paces = new Map<string, Pace>();
  private sending = false;
  private timer = 0;
  private clock = moment();
  private readonly others = "BroadcastChannel" in globalThis ? new BroadcastChannel("register") : null;

  /** @param person Whose page it is; null: a page for nobody in particular, which opens for whoever was signed in last. */
  constructor(private readonly person: string | null) {}

  async open(): Promise<void> {
    try {
      this.shelf = await Shelf.open();
      this.owner = await this.shelf.owner(this.person, Date.now());
      if (!this.owner && this.person !== null) await this.askKey();
      await this.load();
      await this.shelf.clean(Date.now());
    } catch (error) {
      this.failed(error);
    }
    if (this.others) this.others.onmessage = () => void this.load().then(() => this.changed());
    for (const sign of ["online", "focus", "pageshow"]) addEventListener(sign, () => this.now());
    document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? this.now() : void this.flush()));
    addEventListener("beforeunload", event => {
      if (this.unsaved.length > 0) event.preventDefault();
    });
    this.wake();
  }

  /** What waits and is nowhere but in this page. */
  get unsaved(): Kept[] {
    return waitingOf(this.events).filter(event => !this.saved.has(event.id));
  }

  waiting(ref?: string): Kept[] {
    return waitingOf(this.events, ref);
  }

  othersWait = async (): Promise<number> => (await this.shelf?.ofOthers(this.owner?.id ?? null)) ?? 0;

  /** Keeps what was pressed, then sends it. */
  async add(made: readonly Kept[]): Promise<void> {
    this.look();
    this.events = [...this.events, ...made];
    this.changed();
    void navigator.storage?.persist?.().then(lasts => (this.lasting = lasts), () => undefined);
    await this.save(made);
    this.changed();
    this.wake();
  }

  nextOrder(): number {
    return 1 + this.events.reduce((last, event) => Math.max(last, event.order), 0);
  }

  /** Takes back what cannot have reached the server; false when it may have. */
  async takeBack(ids: ReadonlySet<string>): Promise<boolean> {
    const left = takeBack(this.events, ids);
    if (!left) return false;
    this.events = left;
    await this.quietly(shelf => shelf.removeEvents([...ids]));
    this.changed();
    return true;
  }

  /** Puts other events in the place of those: what its trainer decided. */
  async replace(events: Kept[]): Promise<void> {
    const gone = this.events.filter(event => !events.some(other => other.id === event.id)).map(event => event.id);
    this.events = events;
    await this.quietly(shelf => shelf.removeEvents(gone));
  }

  /** Tries at once: somebody has come back, or the network has. */
  now(): void {
    for (const [ref, pace] of this.paces) this.paces.set(ref, { ...pace, notBefore: 0 });
    this.events = this.events.map(event => (event.refused && event.mark ? { ...event, notBefore: 0 } : event));
    this.wake();
  }

  /** Sends what could still be taken back, too. */
  async flush(): Promise<void> {
    this.events = this.events.map(event => (event.state === "waiting" && !event.refused ? { ...event, notBefore: 0 } : event));
    this.now();
    await this.send();
  }

  async keepSheet(sheet: Sheet): Promise<void> {
    // An answer that was on its way when the register was signed.
    if (this.removed.has(sheet.session)) return;
    // What the sheet shows by now, the tablet needs no copy of.
    const shown = this.events.filter(event => event.ref === sheet.session && isIn(sheet, event));
    if (shown.length > 0) {
      this.events = this.events.filter(event => !shown.includes(event));
      await this.quietly(shelf => shelf.removeEvents(shown.map(event => event.id)));
    }
    await this.quietly(shelf => (this.owner ? shelf.saveSheet(this.owner, sheet) : Promise.resolve()));
  }

  sheet = async (ref: string): Promise<Sheet | null> => (this.owner && (await this.shelf?.sheet(this.owner, ref))) ?? null;

  async keepDoor(list: DoorList): Promise<void> {
    if (!this.removed.has(list.session)) await this.quietly(shelf => (this.owner ? shelf.saveDoor(this.owner, list) : Promise.resolve()));
  }

  door = async (ref: string): Promise<DoorList | null> => (this.owner && (await this.shelf?.door(this.owner, ref))) ?? null;

  sheets = async (): Promise<Sheet[]> => (this.owner && (await this.shelf?.sheets(this.owner))) ?? [];

  /** After signing nothing of a register stays here but what waits. */
  async removeRegister(ref: string): Promise<void> {
    if (this.waiting(ref).length > 0) return;
    this.removed.add(ref);
    this.events = this.events.filter(event => event.ref !== ref);
    await this.quietly(shelf => (this.owner ? shelf.removeRegister(this.owner.id, ref) : Promise.resolve()));
  }

  /** Asks for the key, so that what is pressed is kept. */
  private async askKey(): Promise<void> {
    const given = await network.keyAnswer();
    if (!given || given.owner !== this.person || !this.shelf) return;
    this.owner = { id: given.owner, name: given.name, key: await keyFrom(given.key) };
    await this.shelf.keep(this.owner, Date.now());
  }

  private async load(): Promise<void> {
    if (!this.shelf || !this.owner) return;
    this.device = await this.shelf.device(this.owner.id, this.device);
    const kept = await this.shelf.events(this.owner);
    const ids = new Set(kept.map(event => event.id));
    // What was kept and is no longer, another window has done with.
    const here = this.events.filter(event => !this.saved.has(event.id) || ids.has(event.id));
    for (const event of kept) this.saved.add(event.id);
    this.events = united(here, kept);
    if (this.unsaved.length > 0) await this.save(this.unsaved);
    this.wake();
  }

  // The storage that was full may have room again, and one that was cleared is begun anew: whatever waits and is not kept is tried each time.
  private async save(changed: readonly Kept[]): Promise<void> {
    const all = [...new Map([...this.unsaved, ...changed].map(event => [event.id, this.events.find(one => one.id === event.id) ?? event])).values()];
    try {
      if (this.shelf?.gone || !this.shelf) {
        this.saved.clear();
        this.shelf = await Shelf.open();
        if (this.owner) await this.shelf.keep(this.owner, Date.now());
      }
      if (!this.owner && this.person !== null) await this.askKey();
      if (!this.owner) throw new Error("There is no key yet.");
      await this.shelf.saveEvents(this.owner, all);
      for (const event of all) this.saved.add(event.id);
      [this.unkept, this.savedAt] = [null, new Date()];
      this.others?.postMessage("changed");
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    const name = error instanceof DOMException ? error.name : "";
    this.unkept = name === "QuotaExceededError" ? "This tablet’s storage is full."
      : !this.shelf || name === "SecurityError" || name === "InvalidStateError" ? "This browser keeps nothing on the tablet: a private window, or its settings, forbid it."
      : !this.owner ? "This tablet has not been given its key yet, so it keeps nothing."
      : "This tablet could not keep what you pressed.";
  }

  private async quietly(act: (shelf: Shelf) => Promise<void>): Promise<void> {
    try {
      if (this.shelf) await act(this.shelf);
      this.others?.postMessage("changed");
    } catch {
      // What could not be removed or kept beside is tried again at the next start; nothing that waits depends on it.
    }
  }

  // A clock that was put back while marks wait: they are moved along with it.
  private look(): void {
    const now = moment();
    const by = putBack(this.clock, now);
    this.clock = now;
    if (by !== 0) this.events = shifted(this.events, by);
  }

  private wake(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const times = this.refs().map(ref => nextTime(this.events, ref, this.pace(ref), now)).filter(time => time !== null);
    if (times.length > 0) this.timer = setTimeout(() => void this.send(), Math.min(600_000, Math.max(0, Math.min(...times) - now)));
  }

  /** A question went without an answer, or was answered that nobody is signed in. */
  unheard(status: number): void {
    if (status === 0) this.condition = { kind: "offline", sentence: "No network here." };
    else if (status === 401) {
      this.condition = { kind: "signIn", sentence: "You are signed out." };
      void this.quietly(shelf => shelf.forget());
    } else return;
    this.changed();
  }

  private refs = (): string[] => [...new Set(waitingOf(this.events).map(event => event.ref))];

  private pace = (ref: string): Pace => this.paces.get(ref) ?? freshPace;

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      // Two windows of one browser take turns; sending twice would do no harm (A3).
      if (navigator.locks) {
        await navigator.locks.request("register", { ifAvailable: true }, async lock => {
          if (lock) await this.sendAll();
          else await new Promise(resolve => setTimeout(resolve, OtherWindow));
        });
      } else await this.sendAll();
    } finally {
      this.sending = false;
      this.wake();
    }
  }

  private async sendAll(): Promise<void> {
    for (const ref of this.refs()) {
      for (;;) {
        this.look();
        const batch = nextBatch(this.events, ref, this.pace(ref), Date.now());
        if (batch.length === 0) break;
        const ids = new Set(batch.map(event => event.id));
        this.events = this.events.map(event => (ids.has(event.id) ? { ...event, tried: true } : event));
        const verdict = await network.deliver(batch, this.device, this.owner?.id ?? this.person);
        const { events, pace } = settle(this.events, batch, this.pace(ref), verdict, Date.now(), Math.random());
        this.events = events;
        this.paces.set(ref, pace);
        this.condition = verdict.kind === "stored" || verdict.kind === "signed" || verdict.kind === "refused" ? { kind: "fine" } : verdict;
        if (verdict.kind === "stored" || verdict.kind === "signed") this.sentAt = new Date();
        if (verdict.kind === "signIn") await this.quietly(shelf => shelf.forget());
        await this.save(this.events.filter(event => ids.has(event.id)));
        this.settled(batch, verdict);
        this.changed();
      }
    }
  }
}
