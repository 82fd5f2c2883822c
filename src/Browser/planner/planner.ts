/**
 * The planner's island. The year stands on the page without it, and its links work; here a press on one of them, or a session that is dropped on a day, is said to the island instead, once its circuit is there. When
 * the circuit is lost, the links are links again.
 */
interface Island {
  invokeMethodAsync(method: string, ...values: unknown[]): Promise<unknown>;
}
interface Circuits {
  start(options: object): Promise<void>;
  reconnect(): Promise<boolean>;
}
const page = window as unknown as { Blazor?: Circuits; learningPlanner: object };

/** Milliseconds before each further try to reach a circuit that was lost. */
const tries = [0, 1000, 3000, 5000, 10000, 20000];

let island: Island | null = null;
let dragged: string | null = null;

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);
const sessions = (ref: string) => [...all("[data-session]")].filter(element => element.dataset.session === ref);

function live(is: boolean, lost = ""): void {
  for (const words of all("[data-planner-live]")) words.hidden = !is;
  for (const words of all("[data-planner-lost]")) {
    words.textContent = lost;
    words.hidden = lost === "";
  }
  for (const session of all("[data-session][data-may-move]")) session.draggable = is;
}

function unmark(name: string): void {
  for (const element of all(`.${name}`)) element.classList.remove(name);
}

function unmarkAll(): void {
  unmark("app-planner__day--to");
  unmark("app-planner__session--from");
}

/** Says something to the island; where it does not hear, the address is gone to instead. */
async function say(method: string, values: string[], otherwise: string): Promise<void> {
  try {
    if (!island) throw new Error("no circuit");
    await island.invokeMethodAsync(method, ...values);
  } catch {
    location.href = otherwise;
  }
}

// What the island says to the page.
page.learningPlanner = {
  attach(there: Island): void {
    island = there;
    live(true);
  },
  show(ref: string, day: string): void {
    unmarkAll();
    for (const session of sessions(ref)) session.classList.add("app-planner__session--from");
    const to = document.getElementById(`d-${day}`);
    to?.classList.add("app-planner__day--to");
    to?.scrollIntoView({ block: "nearest" });
  },
  leave(ref: string): void {
    unmarkAll();
    for (const session of sessions(ref)) session.querySelector<HTMLElement>("[data-move]")?.focus();
  },
};

document.addEventListener("click", event => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-move]");
  if (!island || !link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void say("PickAsync", [link.dataset.move ?? ""], link.href);
});

// The island hears the keys itself; that they scroll the page as well is kept from them here.
document.addEventListener("keydown", event => {
  if (event.key.startsWith("Arrow") && (event.target as Element).closest("[data-mover-day]")) event.preventDefault();
});

document.addEventListener("dragstart", event => {
  const session = (event.target as Element).closest<HTMLElement>("[data-session][draggable='true']");
  dragged = session?.dataset.session ?? null;
  if (dragged) event.dataTransfer?.setData("text/plain", dragged);
});
document.addEventListener("dragend", () => {
  dragged = null;
});
document.addEventListener("dragover", event => {
  const day = (event.target as Element).closest<HTMLElement>("[data-day]");
  if (!dragged || !day) return;
  event.preventDefault();
  unmark("app-planner__day--to");
  day.classList.add("app-planner__day--to");
});
document.addEventListener("drop", event => {
  const day = (event.target as Element).closest<HTMLElement>("[data-day]")?.dataset.day;
  if (!dragged || !day) return;
  event.preventDefault();
  void say("PutAsync", [dragged, day], `/manage/sessions/${encodeURIComponent(dragged)}/move?day=${day}`);
});

async function again(): Promise<void> {
  island = null;
  live(false, "The connection is lost. It is being tried again; until then every link on this page works without it.");
  for (const wait of tries) {
    await new Promise(resolve => setTimeout(resolve, wait));
    try {
      if (await page.Blazor!.reconnect()) return;
      break;
    } catch {
      // Not yet.
    }
  }
  for (const mover of all(".app-mover")) mover.hidden = true;
  unmarkAll();
  live(false, "The connection was lost, and nothing was moved that you did not see moved. Every link on this page works; load it again to move sessions by keys or by dragging.");
}

let kept: Island | null = null;
void page.Blazor?.start({
  // No page but this one has the script, so that no link may change the page from within.
  ssr: { disableDomPreservation: true },
  circuit: {
    // A web socket and nothing else, and nothing more to fetch.
    initializers: { beforeStart: [], afterStarted: [] },
    configureSignalR: (builder: { withUrl(url: string, options: object): void }) => builder.withUrl("_blazor", { skipNegotiation: true, transport: 1 }),
    reconnectionHandler: {
      onConnectionDown: () => {
        kept = island;
        void again();
      },
      onConnectionUp: () => {
        island = kept;
        live(true);
      },
    },
  },
});
