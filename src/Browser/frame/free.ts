import { launched, type Item, type Launch, type Request, type State, type View } from "../package/protocol.ts";
import { mayOpen } from "./prerequisites.ts";

/** A way through a package: what comes next, and what can be opened. */
export interface Way {
  /** The item to begin with; null: the learner chooses. */
  begin(asked: string | null): Item | null;
  /** Asks for what comes next. Called with the content still there; `leave` leaves it. The item to show then, or why not. */
  go(request: Request, asked: string | undefined, leave: (request: string | null) => Promise<void>): Promise<{ item: Item | null; refused?: string }>;
  view(): View;
}

const done = (state: State | undefined): boolean => state !== undefined && state.completion === "completed" && state.success !== "failed";

/** Without rules every item can be chosen, in any order, but for the simple prerequisites of SCORM 1.2. */
export class FreeWay implements Way {
  private readonly items: Item[];
  private current: Item | null = null;

  constructor(private readonly launch: Launch, private readonly states: () => Record<string, State>) {
    this.items = launched(launch.items);
  }

  begin(asked: string | null): Item | null {
    const last = this.items.findIndex(item => item.id === this.launch.last);
    const goesOn = last < 0 ? this.items[0] : done(this.states()[this.items[last]!.id]) && this.launch.mode === "normal"
      ? this.items.slice(last + 1).find(item => !done(this.states()[item.id]) && this.opens(item)) ?? this.items[last] : this.items[last];
    const wanted = this.items.find(item => item.id === asked && this.opens(item));
    return this.current = wanted ?? goesOn ?? null;
  }

  async go(request: Request, asked: string | undefined, leave: (request: string | null) => Promise<void>): Promise<{ item: Item | null; refused?: string }> {
    const at = this.current ? this.items.indexOf(this.current) : -1;
    const wanted = request === "choice" ? this.items.find(item => item.id === asked) : request === "continue" ? this.items[at + 1] : request === "previous" ? this.items[at - 1] : null;
    if (request !== "leave" && (!wanted || !this.opens(wanted, request === "continue"))) return { item: null, refused: wanted ? "This part opens when what comes before it is done." : "There is no other part." };
    await leave(null);
    // What has just been left may have been what the next one waits for.
    if (wanted && !this.opens(wanted)) return { item: this.current, refused: "This part opens when what comes before it is done." };
    return { item: this.current = wanted ?? this.current };
  }

  view(): View {
    const at = this.current ? this.items.indexOf(this.current) : -1;
    return {
      current: this.current?.id ?? null, previous: at > 0 && this.opens(this.items[at - 1]!), next: at >= 0 && at + 1 < this.items.length, hidden: [], ended: false,
      open: this.items.filter(item => this.opens(item)).map(item => item.id),
    };
  }

  /** @param leaving The item that is shown is about to say its last word, so what waits for it may be asked for. */
  private opens(item: Item, leaving = false): boolean {
    return this.launch.edition !== "1.2" || this.launch.mode === "review" || mayOpen(item.prerequisites, id => {
      const state = this.states()[id];
      if (!this.items.some(one => one.id === id)) return null;
      if (leaving && id === this.current?.id) return "completed";
      return !state ? "not attempted" : state.success === "unknown" ? state.completion : state.success;
    });
  }
}
