import type { Commit, Launch, State } from "./protocol.ts";
import { backOff, nextBatch, withoutOvertaken } from "./queue.ts";
import type { Store } from "./store.ts";

export type ItemState = Pick<State, "completion" | "success" | "score">;

export interface Answer {
  stored: string[];
  refused: { id: string; why: string }[];
  states: Record<string, ItemState>;
  completed: boolean;
  /** It is completed once its content has gone. */
  ripe: boolean;
  withdrawn: boolean;
}

/** What is said of saving. */
export type Saving = { kind: "saving" } | { kind: "saved"; at: Date } | { kind: "offline" } | { kind: "signedOut" } | { kind: "gone" } | { kind: "busy" };

export interface Told {
  saving(now: Saving): void;
  answered(answer: Answer): void;
}

const Patience = 20_000, Together = 250;
/** What a browser sends of a page that is going away. */
const MostAtLast = 60_000;

/** Sends what waits to the site, as whoever is signed in, and again until it is stored. */
export class Sender {
  private waiting: Commit[] = [];
  private sending = new Set<string>();
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(private readonly address: string, private readonly attempt: string, private readonly store: Store, private readonly told: Told) {}

  /** Takes over what another page left behind. */
  async takeOver(): Promise<void> {
    this.waiting = await this.store.waiting();
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  add(commits: readonly Commit[]): void {
    if (this.stopped) return;
    const all = withoutOvertaken([...this.waiting, ...commits], this.sending);
    this.waiting = all.waiting;
    void this.store.keep(commits.filter(commit => !all.dropped.includes(commit.id))).then(() => this.store.forget(all.dropped));
    if (this.failures === 0) this.told.saving({ kind: "saving" });
    if (this.failures === 0 || navigator.onLine) this.soon(Together);
  }

  /** Another tab has taken over: what waits here it sends. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Sends all that waits; false: something still waits. */
  async flush(): Promise<boolean> {
    while (!this.stopped && this.waiting.length > 0) {
      if (this.sending.size > 0) await new Promise(again => setTimeout(again, 50));
      else if (!(await this.send())) return false;
    }
    return true;
  }

  /** As the page goes: no answer is waited for, and what is not stored is sent again at the next launch. */
  atLast(): void {
    const body = this.body(nextBatch(this.waiting));
    if (!this.stopped && this.waiting.length > 0 && body.length < MostAtLast) void fetch(`${this.address}/commits`, { ...this.post(body), keepalive: true }).catch(() => undefined);
  }

  async launch(device: string): Promise<Launch | null> {
    try {
      const answer = await fetch(`${this.address}/launch`, this.post(JSON.stringify({ attempt: this.attempt, device })));
      return answer.ok ? ((await answer.json()) as Launch) : null;
    } catch {
      return null;
    }
  }

  private soon(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), wait);
  }

  private async send(): Promise<boolean> {
    if (this.stopped || this.sending.size > 0 || this.waiting.length === 0) return false;
    const batch = nextBatch(this.waiting);
    this.sending = new Set(batch.map(commit => commit.id));
    const result = await this.ask(this.body(batch));
    this.sending = new Set();
    if ("stored" in result) {
      this.failures = 0;
      const settled = new Set([...result.stored, ...result.refused.map(one => one.id)]);
      this.waiting = this.waiting.filter(commit => !settled.has(commit.id));
      await this.store.forget([...settled]);
      this.told.answered(result);
      if (this.waiting.length === 0) this.told.saving({ kind: "saved", at: new Date() });
      else this.soon(0);
      return true;
    }
    this.told.saving(result);
    if (!this.stopped) this.soon(backOff(++this.failures, Math.random()));
    return false;
  }

  private body(commits: readonly Commit[]): string {
    return JSON.stringify({ attempt: this.attempt, now: new Date().toISOString(), commits });
  }

  private post(body: string): RequestInit {
    return { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "same-origin", redirect: "manual", cache: "no-store" };
  }

  private async ask(body: string): Promise<Answer | Saving> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), Patience);
    try {
      const answer = await fetch(`${this.address}/commits`, { ...this.post(body), signal: stop.signal });
      if (answer.status === 200) return (await answer.json()) as Answer;
      // The sign-in page, to which an answer leads whoever is signed out.
      if (answer.type === "opaqueredirect" || answer.status === 401) return { kind: "signedOut" };
      return { kind: answer.status === 404 ? "gone" : "busy" };
    } catch {
      return { kind: "offline" };
    } finally {
      clearTimeout(timer);
    }
  }
}
