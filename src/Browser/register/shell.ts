import { count, made, one, say } from "./element.ts";
import { openRegister } from "./open.ts";
import { isMarked, rowsOf, type Sheet } from "./sheet.ts";
import type { Tablet } from "./tablet.ts";

/** What the tablet shows without a network: the register that was asked for, as it is kept here; else the list of those that are. */
export async function openShell(tablet: Tablet): Promise<void> {
  const [title, words, list] = [one(document, "[data-shell-title]"), one(document, "[data-shell-words]"), one(document, "[data-shell-list]")];
  const ready = tablet.open();
  await ready;
  say(one(document, "[data-name]"), tablet.owner?.name ?? "");
  const ref = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const sheet = ref ? await tablet.sheet(ref) : null;
  if (sheet) return show(sheet, tablet, ready);

  const others = await tablet.othersWait();
  const waits = others > 0 ? ` ${count(others, "mark waits", "marks wait")} here, encrypted, and ${others === 1 ? "goes" : "go"} when the trainer who made ${others === 1 ? "it" : "them"} signs in.` : "";
  if (!tablet.owner) {
    say(title, "You are not signed in on this tablet");
    say(words, `There is no network, so a register that this tablet keeps cannot be opened until you have signed in again.${waits}`);
    return;
  }
  const sheets = await tablet.sheets();
  say(title, ref ? "This register is not on this tablet" : "Registers on this tablet");
  say(words, (sheets.length === 0
    ? "There is no network. Registers of today and tomorrow are loaded onto this tablet when you open one of your pages with a network."
    : "There is no network. These registers are kept here and can be taken all the same:") + waits);
  list.replaceChildren(...sheets.map(one => entry(one, tablet)));
}

function entry(sheet: Sheet, tablet: Tablet): HTMLElement {
  const [item, heading] = [made("li"), made("h2", "", { className: "app-sessions__title" })];
  const rows = rowsOf(sheet, sheet.parts[0]!, tablet.events, tablet.device);
  heading.append(made("a", sheet.title, { href: `/register/${encodeURIComponent(sheet.session)}`, className: "govuk-link" }));
  item.append(heading, made("p", `${sheet.parts[0]!.when}${sheet.venue ? `, ${sheet.venue}` : ""} · ${rows.filter(isMarked).length} of ${rows.length} marked`, { className: "app-sessions__meta" }));
  return item;
}

function show(sheet: Sheet, tablet: Tablet, ready: Promise<void>): void {
  const number = new URLSearchParams(location.search).get("part");
  const part = sheet.parts.find(one => String(one.number) === number) ?? sheet.parts[0]!;
  document.title = `Register: ${sheet.title} – Learning`;
  one(document, "[data-shell]").remove();
  one(document, "[data-shell-register]").hidden = false;
  if (tablet.condition.kind === "fine") tablet.condition = { kind: "offline", sentence: "No network here." };
  const rows = rowsOf(sheet, part, tablet.events, tablet.device);
  if (sheet.parts.length > 1) {
    const parts = one(document, ".app-regparts");
    parts.closest("nav")!.hidden = false;
    parts.replaceChildren(...sheet.parts.map(one => {
      const [item, link] = [made("li"), made("a", one.title, { href: `?part=${one.number}`, className: "govuk-link" })];
      if (one.id === part.id) link.setAttribute("aria-current", "page");
      item.append(link);
      return item;
    }));
  }
  openRegister(sheet, part.id, tablet, ready);
  // The letters to jump to, once the rows are there.
  void ready.then(() => letters(sheet, rows.map(row => row.letter)));
}

function letters(sheet: Sheet, all: readonly string[]): void {
  const jump = one(document, ".app-jump");
  const distinct = [...new Set(all)].filter(letter => letter !== "");
  if (distinct.length < 2) return;
  jump.closest("nav")!.hidden = false;
  for (const letter of distinct) {
    const first = sheet.people.find(person => person.letter === letter)!;
    document.getElementById(`p-${first.personId.replaceAll("-", "")}`)?.closest("li")?.setAttribute("id", `letter-${letter}`);
    const [item, link] = [made("li"), made("a", "", { href: `#letter-${letter}` })];
    link.append(made("span", "Names in ", { className: "govuk-visually-hidden" }), letter);
    item.append(link);
    jump.append(item);
  }
}
