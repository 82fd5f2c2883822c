import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Kept } from "./queue.ts";
import { seal, unseal, type Sealed } from "./seal.ts";
import type { Sheet } from "./sheet.ts";
import type { DoorList } from "../door/list.ts";

/** Whose tablet it is while they are signed in. The key works in this browser and can be read by nobody. */
export interface Owner {
  id: string;
  name: string;
  key: CryptoKey;
}

interface KeptKey {
  owner: string;
  key: CryptoKey;
  name: Sealed;
  /** When the server last showed a page to its owner. */
  confirmed: number;
}

interface Plain {
  owner: string;
  ref: string;
  at: number;
}

interface Kinds extends DBSchema {
  key: { key: string; value: KeptKey };
  device: { key: string; value: string };
  events: { key: string; value: Plain & { id: string; state: Kept["state"]; sealed: Sealed } };
  sheets: { key: [string, string]; value: Plain & { sealed: Sealed } };
  doors: { key: [string, string]; value: Plain & { sealed: Sealed } };
}

const Name = "register";
const Week = 7 * 24 * 3600 * 1000;

/**
 * What the tablet keeps (IndexedDB). Whose it is, which register and whether it is sent can be read; everything else is encrypted with its owner's key. Each method fails as the browser
 * does, for instance when the storage is full; who calls decides what to say.
 */
export class Shelf {
  private constructor(private readonly db: IDBPDatabase<Kinds>) {}

  /** Whether the browser still has it: "clear site data" takes it away while a page is open. */
  gone = false;

  static async open(): Promise<Shelf> {
    const db = await openDB<Kinds>(Name, 2, {
      upgrade(made, from) {
        if (from < 1) {
          made.createObjectStore("key");
          made.createObjectStore("device");
          made.createObjectStore("events", { keyPath: "id" });
          made.createObjectStore("sheets", { keyPath: ["owner", "ref"] });
        }
        made.createObjectStore("doors", { keyPath: ["owner", "ref"] });
      },
      // A newer program in another window waits for nobody.
      blocking: () => db.close(),
      terminated: () => { shelf.gone = true; },
    });
    const shelf = new Shelf(db);
    return shelf;
  }

  /** The key of whoever is signed in; of `person`, where a page says whose it is. A key that no page confirmed for a week is thrown away. */
  async owner(person: string | null, now: number): Promise<Owner | null> {
    const kept = await this.db.get("key", "key");
    if (!kept) return null;
    if ((person !== null && kept.owner !== person) || now - kept.confirmed > Week) {
      await this.db.delete("key", "key");
      return null;
    }
    if (person !== null) await this.db.put("key", { ...kept, confirmed: now }, "key");
    return { id: kept.owner, key: kept.key, name: (await unseal<string>(kept.key, kept.name, kept.owner)) ?? "" };
  }

  async keep(owner: Owner, now: number): Promise<void> {
    await this.db.put("key", { owner: owner.id, key: owner.key, name: await seal(owner.key, owner.name, owner.id), confirmed: now }, "key");
  }

  forget(): Promise<void> {
    return this.db.delete("key", "key");
  }

  /** This browser's name for the server, one for each who uses it (A2). */
  async device(owner: string, made: string): Promise<string> {
    const had = await this.db.get("device", owner);
    if (had) return had;
    await this.db.put("device", made, owner);
    return made;
  }

  async saveEvents(owner: Owner, events: readonly Kept[]): Promise<void> {
    const rows = await Promise.all(events.map(async event => ({
      id: event.id, owner: owner.id, ref: event.ref, state: event.state, at: Date.now(), sealed: await seal(owner.key, event, `${owner.id}/${event.ref}/${event.id}`),
    })));
    const write = this.db.transaction("events", "readwrite", { durability: "strict" });
    await Promise.all([...rows.map(row => write.store.put(row)), write.done]);
  }

  async removeEvents(ids: readonly string[]): Promise<void> {
    const write = this.db.transaction("events", "readwrite");
    await Promise.all([...ids.map(id => write.store.delete(id)), write.done]);
  }

  async events(owner: Owner): Promise<Kept[]> {
    const rows = (await this.db.getAll("events")).filter(row => row.owner === owner.id);
    const events = await Promise.all(rows.map(row => unseal<Kept>(owner.key, row.sealed, `${owner.id}/${row.ref}/${row.id}`)));
    // What was on its way when the page ended may have arrived.
    return events.filter(event => event !== null).map(event => ({ ...event, tried: true })).sort((a, b) => a.order - b.order);
  }

  /** How many events of others wait here for their trainers. */
  async ofOthers(owner: string | null): Promise<number> {
    return (await this.db.getAll("events")).filter(row => row.owner !== owner && row.state === "waiting").length;
  }

  async saveSheet(owner: Owner, sheet: Sheet): Promise<void> {
    await this.db.put("sheets", { owner: owner.id, ref: sheet.session, at: Date.now(), sealed: await seal(owner.key, sheet, `${owner.id}/${sheet.session}`) });
  }

  async sheet(owner: Owner, ref: string): Promise<Sheet | null> {
    const row = (await this.db.getAll("sheets")).find(one => one.owner === owner.id && one.ref.toUpperCase() === ref.toUpperCase());
    return row ? unseal<Sheet>(owner.key, row.sealed, `${owner.id}/${row.ref}`) : null;
  }

  async sheets(owner: Owner): Promise<Sheet[]> {
    const rows = (await this.db.getAll("sheets")).filter(row => row.owner === owner.id);
    return (await Promise.all(rows.map(row => unseal<Sheet>(owner.key, row.sealed, `${owner.id}/${row.ref}`)))).filter(sheet => sheet !== null);
  }

  async saveDoor(owner: Owner, list: DoorList): Promise<void> {
    await this.db.put("doors", { owner: owner.id, ref: list.session, at: Date.now(), sealed: await seal(owner.key, list, `${owner.id}/door/${list.session}`) });
  }

  async door(owner: Owner, ref: string): Promise<DoorList | null> {
    const row = (await this.db.getAll("doors")).find(one => one.owner === owner.id && one.ref.toUpperCase() === ref.toUpperCase());
    return row ? unseal<DoorList>(owner.key, row.sealed, `${owner.id}/door/${row.ref}`) : null;
  }

  /** A register goes: its sheet, and what of it is sent. What waits stays. */
  async removeRegister(owner: string, ref: string): Promise<void> {
    await this.db.delete("sheets", [owner, ref]);
    await this.db.delete("doors", [owner, ref]);
    await this.removeEvents((await this.db.getAll("events")).filter(row => row.owner === owner && row.ref === ref && row.state === "stored").map(row => row.id));
  }

  /** After seven days what is sent goes, whoever's it is. Names stay as long as marks wait that need them. */
  async clean(now: number): Promise<void> {
    const events = await this.db.getAll("events");
    await this.removeEvents(events.filter(row => row.state === "stored" && now - row.at > Week).map(row => row.id));
    const waits = new Set(events.filter(row => row.state === "waiting").map(row => `${row.owner} ${row.ref}`));
    for (const sheet of await this.db.getAll("sheets")) {
      if (now - sheet.at > Week && !waits.has(`${sheet.owner} ${sheet.ref}`)) await this.db.delete("sheets", [sheet.owner, sheet.ref]);
    }
    for (const list of await this.db.getAll("doors")) if (now - list.at > Week) await this.db.delete("doors", [list.owner, list.ref]);
  }

  close(): void {
    this.db.close();
  }
}
