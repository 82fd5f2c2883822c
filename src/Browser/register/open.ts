import { addSomeone } from "./addsomeone.ts";
import { dropMistakes, showBar, showMistakes, showNotes, showSign, type Mistake } from "./bar.ts";
import { count, one, say } from "./element.ts";
import { newId, type Choice, type EmptyKind } from "./mark.ts";
import * as network from "./network.ts";
import { resigned, type Kept, type Verdict } from "./queue.ts";
import { RowView } from "./row.ts";
import { SeatViews } from "./seat.ts";
import { isMarked, matches, missing, rowsOf, seatsOf, type Part, type Row, type SeatRow, type Sheet } from "./sheet.ts";
import type { Tablet } from "./tablet.ts";
import { Undo } from "./undo.ts";

/** How often others' marks are asked for while the page is looked at; slower while nothing changes. Milliseconds. */
const Often = 3000, Seldom = 10_000, Quiet = 120_000;

/** Milliseconds that a press can be taken back before it is sent; a press that marks many, longer. */
const Hold = 1200, HoldMany = 4000;

/** Runs the register of a part on the page that the server drew, or on the blank one of the tablet. */
export function openRegister(first: Sheet, partId: string, tablet: Tablet, ready: Promise<void>): void {
  const form = one<HTMLFormElement>(document, "form[data-marks]");
  const list = one(form, ".app-register");
  const find = one<HTMLInputElement>(document, "#find");
  const views = new Map<string, RowView>();
  let sheet = first;
  const part = (): Part => sheet.parts.find(one => one.id === partId) ?? sheet.parts[0]!;
  const rows = (): Row[] => rowsOf(sheet, part(), tablet.events, tablet.device);
  const undo = new Undo(one<HTMLButtonElement>(document, "[data-undo]"), tablet, mark);
  const seats = new SeatViews((seat, kind) => void pressSeat(seat, kind));
  const rowEvents = { chosen: (key: string, choice: Choice) => void choose([{ key, choice }]), named };

  function viewOf(row: Row): RowView {
    let view = views.get(row.key);
    if (!view) {
      views.set(row.key, (view = new RowView(row, part(), rowEvents)));
      if (!view.item.isConnected) list.append(view.item);
    }
    return view;
  }

  function draw(): void {
    const [now, known] = [rows(), part()];
    for (const row of now) viewOf(row).show(row);
    for (const [key, view] of views) {
      if (now.some(row => row.key === key)) continue;
      view.item.remove();
      views.delete(key);
    }
    const empty = form.querySelector<HTMLElement>("[data-empty]");
    if (empty) empty.hidden = now.length > 0;
    seats.show(seatsOf(sheet, known, tablet.events, tablet.device));
    showBar(sheet, known, now, tablet);
    showNotes(sheet, tablet);
    showSign(sheet, known, now, tablet.events, tablet.device, anchor);
    dropMistakes(lacking);
    undo.draw();
  }

  const anchor = (row: Row): string => views.get(row.key)?.anchor ?? "";

  /** Makes marks and keeps them: each by its own person, with what was known of them. */
  async function choose(choices: readonly { key: string; choice: Choice; name?: { name: string; agency: string | null } }[], hold = Hold): Promise<void> {
    await ready;
    const now = new Map(rows().map(row => [row.key, row]));
    const made = choices.map(({ key, choice, name }, i) => mark(key, choice, now.get(key), i, hold, name));
    undo.remember(made, now);
    await tablet.add(made);
  }

  function mark(key: string, choice: Choice, before: Row | undefined, offset: number, hold: number, name?: { name: string; agency: string | null }): Kept {
    const id = newId();
    const { substituteName, ...said } = choice;
    const walkIn = before?.walkIn;
    const shows = { ...(name ?? (before && !before.booked ? { name: before.name, agency: before.agency } : {})), ...(substituteName && { substitute: substituteName }) };
    return {
      id, ref: sheet.session, order: tablet.nextOrder() + offset, state: "waiting", tried: false, notBefore: Date.now() + hold, shows,
      mark: { id, part: part().id, ...(walkIn ? { walkIn } : { personId: before?.personId ?? key }), ...said, at: new Date().toISOString(), ...(before?.seen && { seen: before.seen }) },
    };
  }

  /** Says how an empty seat is empty; that nobody holds it needs no press. */
  async function pressSeat(seat: SeatRow, kind: EmptyKind): Promise<void> {
    await ready;
    const [id, before] = [newId(), seatsOf(sheet, part(), tablet.events, tablet.device).find(row => row.key === seat.key)];
    const event: Kept = {
      id, ref: sheet.session, order: tablet.nextOrder(), state: "waiting", tried: false, notBefore: Date.now() + Hold, shows: { name: seat.name },
      mark: { id, part: part().id, seat: seat.seatId, mark: kind, at: new Date().toISOString(), ...(before?.seen && { seen: before.seen }) },
    };
    undo.remember([event], new Map());
    await tablet.add([event]);
  }

  async function markRest(kind: "attended" | "dna"): Promise<void> {
    await ready;
    const rest = rows().filter(row => row.booked && !isMarked(row));
    if (rest.length === 0) return;
    await choose(rest.map(row => ({ key: row.key, choice: { mark: kind } })), HoldMany);
  }

  async function named(view: RowView, name: string): Promise<void> {
    if (name.replace(/\s/g, "").length < 3) return;
    const found = await network.people(sheet.session, name);
    if (view.substituteTyped !== name) return;
    view.find(found?.filter(person => person.personId !== view.row.personId) ?? []);
    if (!found) view.flag("Not saved yet. There is no network to look them up: give their work e-mail address too.");
    else if (found.length === 0) view.flag("Not saved yet. Nobody we know is called that: give their work e-mail address too.");
  }

  const lacking = (): Mistake[] => missing(sheet, tablet.events, tablet.device).flatMap(gap => gap.part.id === part().id
    ? gap.people.map(row => ({ words: `${row.name} is not marked`, to: `#${anchor(row)}` }))
    : [{ words: `In ${gap.part.title} these are not marked: ${gap.people.map(row => row.name).join(", ")}`, to: `?part=${gap.part.number}` }]);

  async function sign(): Promise<void> {
    await ready;
    const gaps = lacking();
    showMistakes(gaps);
    if (gaps.length > 0) return;
    await tablet.replace(resigned(tablet.events, sheet.session));
    const id = newId();
    undo.forget();
    await tablet.add([{ id, ref: sheet.session, order: tablet.nextOrder(), state: "waiting", tried: false, notBefore: 0, signature: { id, at: new Date().toISOString() } }]);
    await tablet.flush();
  }

  tablet.changed = draw;
  tablet.settled = (batch, verdict) => void settled(batch, verdict);

  async function settled(batch: readonly Kept[], verdict: Verdict): Promise<void> {
    if (batch[0]!.ref !== sheet.session) return;
    if (verdict.kind === "signed" && verdict.signed) {
      await tablet.removeRegister(sheet.session);
      location.assign(location.pathname + location.search);
    } else if (verdict.kind === "stored" || batch[0]!.signature) await refresh();
  }

  /** Takes in what others have marked. */
  async function refresh(): Promise<void> {
    const fresh = await network.sheetOf(sheet.session, sheet.version);
    if (fresh === "same") return heard();
    if ("status" in fresh) return tablet.unheard(fresh.status);
    if (fresh.version < sheet.version) return;
    [sheet, changedAt] = [fresh, Date.now()];
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

  let changedAt = Date.now();
  async function watch(): Promise<void> {
    if (document.visibilityState === "visible") await refresh();
    setTimeout(() => void watch(), Date.now() - changedAt > Quiet ? Seldom : Often);
  }

  const openAdd = addSomeone({
    ref: sheet.session,
    known: async () => [...new Map((await tablet.sheets()).flatMap(one => one.people).map(person => [person.personId, person])).values()].filter(person => !views.has(person.personId)),
    full: () => (rows().length >= sheet.capacity ? { places: sheet.capacity } : null),
    add: person => void added(person),
  });

  async function added(person: { name: string; email: string } | network.FoundPerson): Promise<void> {
    const key = "personId" in person ? person.personId : `walk ${person.email.toLowerCase()}`;
    const had = rows().find(row => row.key === key);
    if (!had) {
      await ready;
      const walkIn = "personId" in person ? undefined : { name: person.name, email: person.email };
      const row = { key, booked: false, name: person.name, label: person.name, given: person.name, letter: "", agency: "agency" in person ? person.agency : null, ...(walkIn ? { walkIn } : { personId: key }) };
      const event = mark(key, { mark: "attended" }, row, 0, Hold);
      undo.remember([event], new Map());
      await tablet.add([event]);
    }
    views.get(key)?.item.scrollIntoView({ block: "center" });
    views.get(key)?.focus();
  }

  function filter(): void {
    const typed = find.value.trim();
    let shown = 0;
    for (const view of views.values()) {
      view.item.hidden = typed !== "" && !matches(view.row, typed);
      if (!view.item.hidden) shown++;
    }
    say(one(document, "[data-found-here]"), typed === "" ? "" : shown === 0 ? `Nobody on this register is called “${typed}”` : `${count(shown, "person", "people")} shown`);
  }

  find.addEventListener("input", filter);
  // A button of the form sends the form; here each does its part without the network.
  document.addEventListener("submit", event => {
    if (event.target !== form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const press = (event.submitter as HTMLButtonElement | null)?.value;
    if (press === "rest") void markRest("dna");
    else if (press === "present") void markRest("attended");
    else if (press === "add") openAdd();
    else if (press === "sign") void sign();
    else if (press === "find" || document.activeElement === find) [...views.values()].find(view => !view.item.hidden)?.focus();
    else void tablet.flush();
  }, { capture: true });
  one(document, "button[value=save]").hidden = true;

  // Rows listen before the tablet has opened: the first finger is quicker than a slow network is with the tablet's key.
  for (const row of rows()) viewOf(row).takeUp();
  // The server cannot know what waits here; nor does the page, until the tablet has been asked.
  say(one(document, "[role=status] span"), "Looking at what waits on this tablet");
  void ready.then(async () => {
    draw();
    await tablet.keepSheet(sheet);
    for (const sign of ["online", "focus"]) addEventListener(sign, () => void refresh());
    addEventListener("offline", () => tablet.unheard(0));
    await watch();
  });
}

