import { showBar, showNotes } from "../register/bar.ts";
import { timeOf } from "../register/clock.ts";
import { made, one, say } from "../register/element.ts";
import { newId } from "../register/mark.ts";
import * as network from "../register/network.ts";
import type { Kept } from "../register/queue.ts";
import { folded, rowsOf, type Part, type Row, type Sheet } from "../register/sheet.ts";
import type { Tablet } from "../register/tablet.ts";
import { look } from "./eye.ts";
import { codeOf, placesOf, whereTo, type DoorList, type Holder } from "./list.ts";
import { countIn, judge, judgePerson, type Verdict } from "./verdict.ts";

/** How often others' scans are asked for. Milliseconds. */
const Often = 3000;

/** Runs a door on the page that the server drew, or on the blank one of the tablet. Whatever is scanned is kept on the tablet first, then sent (A2, A3). */
export function openDoor(first: Sheet, door: DoorList, partId: string, tablet: Tablet, ready: Promise<void>): void {
  const form = one<HTMLFormElement>(document, "form[data-door]");
  const field = one<HTMLInputElement>(form, "input[name='Input.Ticket']");
  const [said, found, eye] = [one(document, "[data-door-said]"), one(document, "[data-door-found]"), one(document, "[data-door-eye]")];
  let [sheet, list] = [first, door];
  const part = (): Part => sheet.parts.find(each => each.id === partId) ?? sheet.parts[0]!;
  const rows = (): Row[] => rowsOf(sheet, part(), tablet.events, tablet.device);

  function draw(): void {
    const now = rows();
    showBar(sheet, part(), now, tablet, { title: list.title, counted: countIn(now), word: "in" });
    showNotes(sheet, tablet);
  }

  function places(): void {
    one(document, "[data-door-places]").replaceChildren(...list.places.map(place => {
      const [item, link] = [made("li"), made("a", place.title, { href: `/register/${encodeURIComponent(place.ref)}/door`, className: "govuk-link" })];
      if (place.ref === list.session) link.setAttribute("aria-current", "page");
      item.append(link, [place.times, place.room].filter(Boolean).map(word => `, ${word}`).join(""));
      return item;
    }));
  }

  /** What the last ticket said, large enough to be read at arm's length: in words, a shape and a colour. */
  function tell(state: "in" | "again" | "no", verdict: string, person?: Holder, ...more: (Node | string)[]): void {
    said.className = `app-door__said app-door__said--${state}`;
    const shown: (Node | string)[] = [made("p", verdict, { className: "app-door__verdict" })];
    if (person) {
      shown.push(made("p", person.name, { className: "app-door__name" }));
      if (person.agency) shown.push(made("p", person.agency, { className: "app-door__agency" }));
      const workshops = made("ul", "", { className: "app-door__workshops" });
      workshops.append(...placesOf(list, person).map(place => {
        const item = made("li");
        item.append(made("b", place.times ?? ""), `${place.title}${place.room ? `, ${place.room}` : ""}`);
        return item;
      }));
      shown.push(workshops);
    }
    said.replaceChildren(...shown, ...more);
    navigator.vibrate?.(state === "in" ? 60 : [60, 60, 60]);
  }

  async function admit(person: Holder, before: Row | null): Promise<void> {
    const id = newId();
    const event: Kept = {
      id, ref: sheet.session, order: tablet.nextOrder(), state: "waiting", tried: false, notBefore: 0, ...(!before && { shows: { name: person.name, agency: person.agency } }),
      mark: { id, part: part().id, personId: person.personId, mark: "attended", at: new Date().toISOString(), ...(before?.seen && { seen: before.seen }) },
    };
    tell("in", `Checked in, ${timeOf(new Date())}`, person);
    await tablet.add([event]);
  }

  function act(verdict: Verdict): void {
    if (verdict.kind === "in") void admit(verdict.person, verdict.row);
    else if (verdict.kind === "again") tell("again", `Checked in already, ${timeOf(new Date(verdict.at))}${verdict.by ? `, by ${verdict.by}` : ""}`, verdict.person);
    else if (verdict.kind === "elsewhere") {
      const button = made("button", "Let them in all the same", { type: "button", className: "govuk-button govuk-button--secondary" });
      button.addEventListener("click", () => void admit(verdict.person, null));
      tell("no", `Not on this list. ${whereTo(list, verdict.person)}`, verdict.person, button);
    } else tell("no", "Not a ticket of this conference", undefined, made("p", "It is of another one, or its place was given up. Find them by name."));
  }

  // What is scanned before the tablet has opened waits for it: then it knows what it has.
  const scanned = (text: string): void => void ready.then(() => {
    const code = codeOf(text);
    act(code ? judge(list, code, sheet, part(), tablet.events, tablet.device) : { kind: "unknown" });
  });

  function search(typed: string): void {
    const words = folded(typed).split(/\s+/).filter(Boolean);
    const named = words.length === 0 ? [] : list.people.filter(person => words.every(word => folded(person.name).includes(word))).slice(0, 12);
    found.replaceChildren(...named.map(person => {
      const [item, known] = [made("li"), judgePerson(person, sheet, part(), tablet.events, tablet.device)];
      const since = known.kind === "again" ? `: in since ${timeOf(new Date(known.at))}` : "";
      const button = made("button", `${person.name}${person.agency ? `, ${person.agency}` : ""}${since}`, { type: "button", className: "govuk-button govuk-button--secondary" });
      button.addEventListener("click", () => {
        act(judgePerson(person, sheet, part(), tablet.events, tablet.device));
        [field.value] = [""];
        found.replaceChildren();
        field.focus();
      });
      item.append(button);
      return item;
    }), ...(words.length > 0 && named.length === 0 ? [made("li", `Nobody with a ticket is called “${typed}”`)] : []));
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    // A scanner that is a keyboard types the code and presses Enter.
    if (codeOf(field.value)) {
      scanned(field.value);
      field.value = "";
    } else search(field.value.trim());
  }, { capture: true });
  field.addEventListener("input", () => {
    if (!codeOf(field.value)) search(field.value.trim());
  });

  const camera = one(document, "[data-door-camera]");
  // Browsers give no camera to a page that came without encryption.
  if (navigator.mediaDevices !== undefined) {
    camera.hidden = false;
    const start = one<HTMLButtonElement>(camera, "[data-door-start]");
    start.addEventListener("click", () => {
      start.hidden = true;
      say(eye, "Hold each ticket before the camera.");
      look(one<HTMLVideoElement>(camera, "video"), scanned).catch(() => {
        start.hidden = false;
        say(eye, "This tablet lets no page use its camera, or it has none. Allow it in the browser’s settings, or type the code or the name.");
      });
    });
  }

  async function refresh(): Promise<void> {
    const fresh = await network.sheetOf(sheet.session, sheet.version);
    if (fresh === "same") return heard();
    if ("status" in fresh) return tablet.unheard(fresh.status);
    if (fresh.version < sheet.version) return;
    // Somebody may have a place since.
    const known = fresh.people.length === sheet.people.length ? null : await network.doorOf(sheet.session);
    sheet = fresh;
    if (known) {
      list = known;
      await tablet.keepDoor(list);
      places();
    }
    await tablet.keepSheet(sheet);
    heard();
    draw();
  }

  // An answer of any kind says that the network is back.
  function heard(): void {
    if (tablet.condition.kind === "fine" || tablet.condition.kind === "closed") return;
    tablet.condition = { kind: "fine" };
    tablet.now();
    draw();
  }

  async function watch(): Promise<void> {
    if (document.visibilityState === "visible") await refresh();
    setTimeout(() => void watch(), Often);
  }

  tablet.changed = draw;
  say(one(document, "[role=status] span"), "Looking at what waits on this tablet");
  places();
  void ready.then(async () => {
    draw();
    await tablet.keepSheet(sheet);
    await tablet.keepDoor(list);
    for (const sign of ["online", "focus"]) addEventListener(sign, () => void refresh());
    addEventListener("offline", () => tablet.unheard(0));
    await watch();
  });
}
