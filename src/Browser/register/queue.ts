import type { Answer, Mark } from "./mark.ts";

const RetryAfter = 5000;

/**
 * The marks that this tablet has and the server has not. They are kept in the browser's storage, so that a page that is closed or
 * reloaded loses none, and sent in the order in which they were made until the server has them; sending one twice does no harm (A3).
 */
export class Queue {
  private marks: Mark[];
  private sending: Promise<void> | null = null;
  private timer = 0;

  constructor(
    private readonly address: string,
    private readonly device: string,
    private readonly changed: (waiting: number) => void,
    private readonly answered: (sent: Mark[], answer: Answer) => void,
    private readonly refused: (sent: Mark[], sentence: string) => void,
  ) {
    this.marks = JSON.parse(localStorage.getItem(this.key) ?? "[]") as Mark[];
    addEventListener("online", () => void this.flush());
  }

  get waiting(): readonly Mark[] {
    return this.marks;
  }

  add(mark: Mark): void {
    // A newer mark of the same person takes the place of one that nobody has seen yet.
    this.keep([...this.marks.filter(one => this.sending || one.personId !== mark.personId || one.part !== mark.part), mark]);
    void this.flush();
  }

  /** Sends what waits; resolves when all is sent or sending has failed for now. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.sending ??= this.send().finally(() => (this.sending = null));
    return this.sending;
  }

  /** Forgets what waits: the form that is being sent says the same. */
  drop(): void {
    clearTimeout(this.timer);
    this.keep([]);
  }

  private async send(): Promise<void> {
    while (this.marks.length > 0) {
      const batch = this.marks.slice(0, 200);
      let response: Response;
      try {
        response = await fetch(this.address, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ device: this.device, deviceNow: new Date().toISOString(), marks: batch }),
        });
      } catch {
        return this.later();
      }
      if (response.status === 401 || response.status === 429 || response.status >= 500) return this.later();
      const sent = new Set(batch.map(mark => mark.id));
      this.keep(this.marks.filter(mark => !sent.has(mark.id)));
      if (response.ok) this.answered(batch, (await response.json()) as Answer);
      else this.refused(batch, ((await response.json()) as { detail?: string }).detail ?? "The server did not take this mark.");
    }
  }

  private later(): void {
    this.changed(this.marks.length);
    this.timer = setTimeout(() => void this.flush(), RetryAfter);
  }

  private keep(marks: Mark[]): void {
    this.marks = marks;
    if (marks.length > 0) localStorage.setItem(this.key, JSON.stringify(marks));
    else localStorage.removeItem(this.key);
    this.changed(marks.length);
  }

  private get key(): string {
    return `register ${this.address}`;
  }
}
