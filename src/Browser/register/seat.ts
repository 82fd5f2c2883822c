import { made, one, say, stateOf } from "./element.ts";
import type { EmptyKind } from "./mark.ts";
import { said } from "./row.ts";
import type { SeatRow } from "./sheet.ts";

const Blank = "0".repeat(32);

/** The empty seats of a forum, below the people: each a group named by the seat, with two radio buttons; those that the server drew, or copies of the blank one. */
export class SeatViews {
  private readonly section = document.querySelector<HTMLElement>("[data-seats]");
  private readonly items = new Map<string, HTMLElement>();
  private readonly rows = new Map<string, SeatRow>();

  constructor(private readonly pressed: (seat: SeatRow, kind: EmptyKind) => void) {}

  show(rows: readonly SeatRow[]): void {
    if (!this.section) return;
    this.section.hidden = rows.length === 0;
    for (const row of rows) this.draw(row);
    for (const item of this.section.querySelectorAll<HTMLElement>("li")) if (!rows.some(row => this.items.get(row.key) === item)) item.remove();
    for (const key of [...this.items.keys()]) if (!rows.some(row => row.key === key)) this.items.delete(key);
  }

  private draw(row: SeatRow): void {
    const id = row.seatId.replaceAll("-", "");
    let item = this.items.get(row.key);
    if (!item) {
      item = document.getElementById(`s-${id}`)?.closest("li") ?? this.copy(id);
      this.items.set(row.key, item);
      // What the server's form asks back is the tablet's business now.
      for (const field of item.querySelectorAll("input[type=hidden]")) field.remove();
      item.addEventListener("change", event => this.pressed(this.rows.get(row.key)!, (event.target as HTMLInputElement).value as EmptyKind));
    }
    this.rows.set(row.key, row);
    say(one(item, "legend"), row.name);
    say(one(item, ".app-mark__name"), row.name);
    say(one(item, ".app-mark__agency"), row.agency ?? "");
    for (const radio of item.querySelectorAll<HTMLInputElement>("input[type=radio]")) radio.checked = radio.value === row.mark;
    const who = one(item, ".app-mark__who");
    for (const old of who.querySelectorAll(".app-state, .app-mark__why")) old.remove();
    if (row.dispute) who.append(stateOf("bad", `Two devices disagree: ${said(row.dispute.one)} and ${said(row.dispute.other)}. Press what is right.`));
    if (row.why) who.append(made("span", row.why, { className: "app-mark__why" }));
  }

  private copy(id: string): HTMLElement {
    const holder = document.createElement("ul");
    // The blank row is the server's own markup; all that is put into it is the number of this seat.
    holder.innerHTML = one<HTMLTemplateElement>(document, "template[data-seat]").content.querySelector("li")!.outerHTML.replaceAll(Blank, id);
    const item = one<HTMLElement>(holder, "li");
    one(this.section!, "ul").append(item);
    return item;
  }
}
