import { Whole, freshId, type Commit, type FromFrame, type Item, type Launch, type Request, type State, type ToFrame } from "../package/protocol.ts";
import { FreeWay, type Way } from "./free.ts";
import { RuledWay } from "./ruled.ts";
import { runtime2004, runtimes, type Runtime } from "./runtime.ts";
import { Sco } from "./sco.ts";
import { Stage } from "./stage.ts";

/**
 * The frame between the site's page and a package's content, on the content's origin: it holds the runtime that the content calls, and tells the page what there is to be kept. It knows nothing of the site
 * but its origin, and the page believes it nothing but what it says of this one attempt.
 */
const site = location.hash.slice(1);
const say = (message: FromFrame): void => window.parent.postMessage(message, site);

const Soon = 1000;
/** Content that has been there for so long and has not opened a session talks to nobody. */
const Silent = 3000;
/** What a browser sends of a page that is going away, with room for its head. */
const MostAtLast = 60_000;

class Player {
  private readonly stage = new Stage();
  private readonly states: Record<string, State>;
  private way!: Way;
  private ruled: RuledWay | null = null;
  private api!: Runtime;
  private make: (() => Runtime) | null = null;
  private sco: Sco | null = null;
  private number: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsaid = false;
  private busy = false;
  private leaving = false;
  private forced = false;

  constructor(private readonly launch: Launch, private readonly device: string) {
    this.states = { ...launch.states };
    this.number = launch.after;
  }

  async begin(asked: string | null): Promise<void> {
    const { launch } = this;
    if (launch.sequencing && launch.mode === "normal") {
      this.ruled = new RuledWay(launch, () => this.states, () => this.later());
      this.api = await runtime2004(launch.sequencing, this.ruled);
      this.ruled.use(this.api);
      this.way = this.ruled;
      this.listen();
    } else {
      this.make = await runtimes(launch.edition);
      this.way = new FreeWay(launch, () => this.states);
    }
    this.busy = true;
    this.show(this.way.begin(asked));
    this.busy = false;
  }

  private listen(): void {
    for (const name of ["LMSSetValue", "SetValue"]) this.api.on(name, () => this.soon());
    for (const name of ["LMSCommit", "Commit"]) this.api.on(name, () => this.save(false));
    for (const name of ["LMSFinish", "Terminate"]) this.api.on(name, () => {
      // What is ended for the content is over, and has not been ended by it.
      if (this.forced) this.send(false, true);
      else this.save(true);
      // The sequencing goes on once the runtime has let go of this call.
      queueMicrotask(() => this.course());
    });
    for (const name of ["SequenceNext", "SequencePrevious"]) this.api.on(name, () => {
      if (!this.ruled) setTimeout(() => void this.go(name === "SequenceNext" ? "continue" : "previous"));
    });
  }

  private show(item: Item | null): void {
    if (item) {
      if (this.make) {
        this.api = this.make();
        this.listen();
      }
      this.sco = new Sco(item, this.api, this.launch, this.states[item.id]);
      this.sco.prepare();
      this.keep([this.sco.opening(this.device, ++this.number)]);
      this.states[item.id] ??= { completion: item.sco ? "incomplete" : "completed", success: "unknown", score: null, exit: "none", seconds: 0, cmi: {} };
      this.stage.show(`../${item.href}`, item.title);
    }
    this.course();
    this.tell();
  }

  async go(request: Request, asked?: string): Promise<void> {
    if (request === "flush") return this.save(false);
    if (this.busy) return;
    this.busy = true;
    try {
      const { item, refused } = await this.way.go(request, asked, wanted => this.leave(wanted));
      if (item && request !== "leave") this.show(item);
      else this.course();
      this.tell(refused);
    } finally {
      this.busy = false;
    }
  }

  /** The content goes, and says its last word while it does; what it does not end is ended for it. */
  private async leave(wanted: string | null): Promise<void> {
    const silent = this.isSilent;
    if (wanted && this.api.adl && this.api.adl.nav.request === "_none_") this.api.adl.nav.request = wanted;
    await this.stage.clear();
    if (wanted && this.api.isInitialized()) {
      this.forced = true;
      this.api.lmsFinish("");
      this.forced = false;
    } else if (silent && !this.api.isInitialized() && !this.api.isTerminated()) this.left();
    else this.save(false, true);
    this.sco = null;
  }

  private get isSilent(): boolean {
    return this.sco !== null && this.sco.item.sco && this.stage.since > Silent && !this.api.isInitialized() && !this.api.isTerminated();
  }

  // Nothing was ever said of it: it has been looked at.
  private left(): void {
    this.keep([{ ...this.sco!.opening(this.device, ++this.number), end: true }]);
    this.states[this.sco!.item.id] = { ...this.states[this.sco!.item.id]!, completion: "completed", exit: "ended" };
  }

  // The content has asked for another item, or ended the course: once its call is over.
  private later(): void {
    if (this.busy) return;
    setTimeout(async () => {
      if (this.busy) return;
      const item = this.ruled!.take();
      this.busy = true;
      try {
        if (item || this.ruled!.view().ended) {
          await this.stage.clear();
          this.sco = null;
        }
        this.show(item);
      } finally {
        this.busy = false;
      }
    });
  }

  private soon(): void {
    this.unsaid = true;
    if (this.leaving) queueMicrotask(() => this.save(false));
    else this.timer ??= setTimeout(() => this.save(false), Soon);
  }

  /** @param over The session is over, whether or not the content ends it. */
  save(end: boolean, over = false): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.sco || (!end && !this.unsaid && !this.api.isInitialized())) return;
    if (!end && this.api.isTerminated()) return;
    this.send(end, over);
  }

  private send(end: boolean, over: boolean): void {
    if (!this.sco) return;
    this.unsaid = false;
    const commit = this.sco.saying(this.device, ++this.number, end, over);
    this.states[commit.item] = { ...this.sco.after(commit) };
    this.keep([commit]);
  }

  /** What the sequencing has come to, beside the items. */
  private course(): void {
    if (!this.ruled || this.launch.mode === "review") return;
    this.keep([{ id: freshId(), item: Whole, session: this.sco?.session ?? freshId(), device: this.device, at: new Date().toISOString(), n: ++this.number, cmi: this.ruled.course(), seconds: 0, end: false, over: false, part: false }]);
  }

  private keep(commits: Commit[]): void {
    if (this.launch.mode === "review") return;
    say({ kind: "commits", commits });
    if (this.leaving) this.atLast(commits);
  }

  // The page above is going away and hears nothing any more: to this origin, for this attempt, by the address's own token.
  private atLast(commits: Commit[]): void {
    for (const commit of commits) {
      const whole = JSON.stringify({ attempt: this.launch.attempt, now: new Date().toISOString(), commits: [commit] });
      const body = whole.length < MostAtLast || !this.sco ? whole : JSON.stringify({ attempt: this.launch.attempt, now: new Date().toISOString(), commits: [this.sco.shorter(commit)] });
      void fetch("commits", { method: "POST", body, keepalive: body.length < MostAtLast, headers: { "Content-Type": "application/json" }, credentials: "omit" }).catch(() => undefined);
    }
  }

  stored(ids: readonly string[]): void {
    this.sco?.heardStored(ids);
  }

  goAway(): void {
    this.leaving = true;
    if (this.isSilent) this.left();
    else this.save(false, true);
  }

  comeBack(): void {
    this.leaving = false;
  }

  private tell(refused?: string): void {
    say({ kind: "view", view: { ...this.way.view(), ...(refused && { refused }) } });
  }
}

/** What another package may have left here: cookies cannot be cleared with the rest. */
function forgetCookies(): void {
  const paths = location.pathname.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/") || "/");
  for (const cookie of document.cookie.split("; ").filter(one => one !== "")) {
    for (const path of paths) document.cookie = `${cookie.split("=")[0]}=; Path=${path}; Max-Age=0`;
  }
}

forgetCookies();
let player: Player | null = null;
window.addEventListener("message", event => {
  if (event.source !== window.parent || event.origin !== site) return;
  const message = event.data as ToFrame;
  if (message.kind === "launch" && !player) {
    player = new Player(message.launch, message.device);
    void player.begin(message.item);
  } else if (message.kind === "go") {
    void player?.go(message.request, message.item).then(() => say({ kind: "gone", number: message.number }));
  } else if (message.kind === "stored") {
    player?.stored(message.ids);
  }
});
window.addEventListener("pagehide", () => player?.goAway());
window.addEventListener("beforeunload", () => player?.save(false));
window.addEventListener("pageshow", () => player?.comeBack());
say({ kind: "ready" });
