import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Commit } from "./protocol.ts";

interface Kinds extends DBSchema {
  commits: { key: string; value: Commit & { attempt: string; kept: number }; indexes: { attempt: string } };
}

const Month = 30 * 24 * 3600 * 1000;

/**
 * What the server has not stored yet, written down before it is sent: it outlives the tab, the browser and the network, and goes when the server has it. Where the browser keeps nothing it is kept for as long
 * as the page is open.
 */
export class Store {
  private readonly here = new Map<string, Commit>();

  private constructor(private readonly db: IDBPDatabase<Kinds> | null, private readonly attempt: string) {}

  static async open(attempt: string): Promise<Store> {
    try {
      const db = await openDB<Kinds>("packages", 1, {
        upgrade(made) {
          made.createObjectStore("commits", { keyPath: "id" }).createIndex("attempt", "attempt");
        },
        blocking: () => db.close(),
      });
      const store = new Store(db, attempt);
      await store.forgetOld();
      return store;
    } catch {
      return new Store(null, attempt);
    }
  }

  /** Whether what is kept outlives the page. */
  get lasts(): boolean {
    return this.db !== null;
  }

  /** What waits, in the order in which it was made. */
  async waiting(): Promise<Commit[]> {
    const all = this.db ? await this.db.getAllFromIndex("commits", "attempt", this.attempt).catch(() => []) : [];
    return [...all.map(({ attempt: _, kept: __, ...commit }) => commit), ...this.here.values()].sort((a, b) => a.at.localeCompare(b.at) || a.n - b.n);
  }

  async keep(commits: readonly Commit[]): Promise<void> {
    try {
      if (!this.db) throw new Error();
      const writing = this.db.transaction("commits", "readwrite");
      for (const commit of commits) void writing.store.put({ ...commit, attempt: this.attempt, kept: Date.now() });
      await writing.done;
    } catch {
      for (const commit of commits) this.here.set(commit.id, commit);
    }
  }

  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.here.delete(id);
    try {
      const writing = this.db?.transaction("commits", "readwrite");
      for (const id of ids) void writing?.store.delete(id);
      await writing?.done;
    } catch {
      // Sent again at the next launch, which changes nothing.
    }
  }

  // Of attempts that nobody opens any more on this device.
  private async forgetOld(): Promise<void> {
    const old = (await this.db!.getAll("commits")).filter(one => Date.now() - one.kept > Month && one.attempt !== this.attempt);
    await this.forget(old.map(one => one.id));
  }
}
