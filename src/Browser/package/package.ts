import { Contents } from "./contents.ts";
import { freshId, type Commit, type FromFrame, type Launch, type Request, type ToFrame, type View } from "./protocol.ts";
import { Sender, type Answer, type Saving } from "./send.ts";
import { Store } from "./store.ts";
import { claim } from "./tabs.ts";

const Patience = 4000;
const find = <T extends HTMLElement>(name: string): T => document.querySelector<T>(`[data-package-${name}]`)!;

/** The page's side of a package: it keeps what the content's frame says, in the browser first and then on the server, and shows where the learner is. */
class Player {
  private readonly stage = find("stage");
  private readonly status = find("status");
  private readonly message = find("message");
  private readonly device = device();
  private readonly contents: Contents;
  private sender!: Sender;
  private frame: HTMLIFrameElement | null = null;
  private origin = "";
  private asked = 0;
  private readonly waits = new Map<number, () => void>();
  private ended = false;
  private leaving = false;
  private readonly review: boolean;

  constructor(private readonly root: HTMLElement) {
    this.review = root.dataset["review"] !== undefined;
    this.contents = new Contents(root, item => (this.ended ? location.assign(`${location.pathname}?item=${encodeURIComponent(item)}`) : void this.go("choice", item)));
  }

  private get address(): string {
    return this.root.dataset["package"]!;
  }

  async start(): Promise<void> {
    // Where they do not stand side by side there is no room for both.
    if (!window.matchMedia("(min-width: 52em)").matches) find<HTMLDetailsElement>("contents").open = false;
    const attempt = this.root.dataset["attempt"]!;
    const store = await Store.open(attempt);
    this.sender = new Sender(this.address, attempt, store, { saving: now => this.saving(now), answered: answer => this.answered(answer) });
    claim(attempt, () => this.taken());
    await this.sender.takeOver();
    // What another page left behind is sent before it is asked what stands.
    while (!(await this.sender.flush()) && !this.leaving) await new Promise(again => setTimeout(again, 1000));
    const launch = await this.sender.launch(this.device);
    if (!launch) return this.say("The course could not be opened. Load the page again in a moment.");
    this.listen();
    this.open(launch);
  }

  private open(launch: Launch): void {
    this.origin = new URL(launch.frame).origin;
    this.contents.show(launch.states);
    const frame = document.createElement("iframe");
    frame.title = launch.title;
    frame.className = "app-package__frame";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads");
    frame.allow = "autoplay; fullscreen; unload";
    frame.referrerPolicy = "no-referrer";
    window.addEventListener("message", event => {
      if (event.source === frame.contentWindow && event.origin === this.origin) this.heard(event.data as FromFrame, launch);
    });
    frame.src = `${launch.frame}#${location.origin}`;
    this.frame = frame;
    this.stage.replaceChildren(frame);
  }

  private heard(message: FromFrame, launch: Launch): void {
    if (typeof message !== "object" || message === null) return;
    if (message.kind === "ready") this.tell({ kind: "launch", launch, device: this.device, item: this.root.dataset["item"] ?? null });
    else if (message.kind === "commits" && !this.review && Array.isArray(message.commits)) this.sender.add(message.commits.filter(isCommit));
    else if (message.kind === "view") this.follow(message.view);
    else if (message.kind === "gone") this.waits.get(message.number)?.();
  }

  private tell(message: ToFrame): void {
    this.frame?.contentWindow?.postMessage(message, this.origin);
  }

  /** Asks the frame, and comes back once it has done so, or has not for a while. */
  private go(request: Request, item?: string): Promise<void> {
    const number = ++this.asked;
    return new Promise(done => {
      const over = (): void => {
        clearTimeout(timer);
        this.waits.delete(number);
        done();
      };
      const timer = setTimeout(over, Patience);
      this.waits.set(number, over);
      this.tell({ kind: "go", request, number, ...(item !== undefined && { item }) });
    });
  }

  private listen(): void {
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-go]")) button.addEventListener("click", () => void this.go(button.dataset["go"] as Request));
    const full = find<HTMLButtonElement>("full");
    full.hidden = !document.fullscreenEnabled;
    full.addEventListener("click", () => void this.stage.requestFullscreen());
    // Wherever a link leads, the content says its last word first.
    document.addEventListener("click", event => {
      const link = (event.target as Element).closest?.("a[href]") as HTMLAnchorElement | null;
      if (!link || link.target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href")!.startsWith("#") || this.leaving || this.review) return;
      event.preventDefault();
      void this.leave(link.href);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.go("flush").then(() => this.sender.flush());
    });
    window.addEventListener("pagehide", () => this.sender.atLast());
    window.addEventListener("online", () => void this.sender.flush());
  }

  private async leave(to: string): Promise<void> {
    this.leaving = true;
    await this.go("leave");
    await Promise.race([this.sender.flush(), new Promise(over => setTimeout(over, Patience))]);
    location.assign(to);
  }

  private follow(view: View): void {
    this.ended = view.ended === true;
    const open = Array.isArray(view.open) ? view.open : [];
    this.contents.follow({ ...view, open: this.ended ? [...this.root.querySelectorAll<HTMLElement>("[data-item]")].map(one => one.dataset["item"]!) : open, hidden: Array.isArray(view.hidden) ? view.hidden : [] });
    // Of parts that the contents do not show there may be several all the same.
    const several = this.root.classList.contains("app-package--several");
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("[data-go]")) {
      button.hidden = !several;
      button.disabled = !(button.dataset["go"] === "continue" ? view.next : view.previous);
    }
    this.say(view.refused ? String(view.refused).slice(0, 200) : this.ended ? "There is nothing more to open. Choose a part to look at it again." : view.current === null ? "Choose a part of the course." : "");
  }

  private answered(answer: Answer): void {
    this.contents.show(answer.states);
    this.tell({ kind: "stored", ids: answer.stored });
    find("finish").hidden = !answer.completed && !answer.ripe;
    if (answer.withdrawn) this.say("This version of the course has been withdrawn. Load the page again to begin the new one.");
  }

  private saving(now: Saving): void {
    const kept = "It is kept on this device.";
    this.status.textContent = now.kind === "saving" ? "Saving" : now.kind === "saved" ? `Saved ${timeOf(now.at)}`
      : now.kind === "offline" ? `Not saved yet: no connection. ${kept}` : now.kind === "signedOut" ? `Not saved yet: you are signed out. ${kept} Sign in again and open the course.`
      : now.kind === "gone" ? "Not saved: this course is no longer open for you." : `Not saved yet: the site is busy. ${kept}`;
  }

  private taken(): void {
    this.sender.stop();
    this.leaving = true;
    this.frame?.remove();
    this.frame = null;
    this.status.textContent = "Not saved here any more";
    this.say("You have opened this course in another tab. Go on there; this tab saves nothing any more.");
  }

  private say(words: string): void {
    this.message.textContent = words;
    this.message.hidden = words === "";
  }
}

/** This browser's name for the server. */
function device(): string {
  try {
    const made = localStorage.getItem("package-device") ?? freshId();
    localStorage.setItem("package-device", made);
    return made;
  } catch {
    return freshId();
  }
}

/** The frame is the package's: what it sends has this form, or is nothing. */
function isCommit(one: Commit): boolean {
  const text = (value: unknown): boolean => typeof value === "string" && value.length <= 300;
  return typeof one === "object" && one !== null && [one.id, one.item, one.session, one.device, one.at].every(text) && Number.isSafeInteger(one.n) && Number.isFinite(one.seconds) && typeof one.end === "boolean" && typeof one.over === "boolean"
    && typeof one.part === "boolean" && typeof one.cmi === "object" && one.cmi !== null && Object.values(one.cmi).every(value => typeof value === "string") && JSON.stringify(one).length < 900_000;
}

/** As the site writes times: 10:42am. */
function timeOf(at: Date): string {
  const [hours, minutes] = [at.getHours(), at.getMinutes()];
  if (minutes === 0 && (hours === 0 || hours === 12)) return hours === 0 ? "midnight" : "midday";
  return `${hours % 12 === 0 ? 12 : hours % 12}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}${hours < 12 ? "am" : "pm"}`;
}

const root = document.querySelector<HTMLElement>("[data-package]");
if (root) void new Player(root).start();
