import { timeOf } from "./clock.ts";
import { isAddress, made, one, say, stateOf } from "./element.ts";
import { wordOf, type Choice, type MarkKind } from "./mark.ts";
import { minutesBetween, type Part, type Row, type Said } from "./sheet.ts";

const Blank = "0".repeat(32);

/** What a row has to say to the register. */
export interface RowEvents {
  chosen(key: string, choice: Choice): void;
  /** A name was typed of who came instead: who may that be? */
  named(view: RowView, name: string): void;
}

/** A person's row: a group named by the person's name, with five radio buttons; the one that the server drew, or a copy of the blank one. */
export class RowView {
  readonly item: HTMLLIElement;
  private readonly group: HTMLFieldSetElement;
  private shown = "";

  constructor(public row: Row, private part: Part, private readonly events: RowEvents) {
    const drawn = document.getElementById(`p-${this.id}`) as HTMLFieldSetElement | null;
    this.item = (drawn?.closest("li") as HTMLLIElement | null) ?? this.copy();
    this.group = one<HTMLFieldSetElement>(this.item, "fieldset");
    // What the server's form asks back is the tablet's business now.
    for (const field of this.group.querySelectorAll("input[type=hidden], select")) field.remove();
    for (const label of this.group.querySelectorAll(`label[for="who-${this.id}"]`)) label.remove();
    one(this.group, "[data-times]").hidden = part.from >= part.to;
    this.group.addEventListener("change", event => this.pressed(event.target as HTMLInputElement));
  }

  get key(): string {
    return this.row.key;
  }

  /** Of its fields in the page: a person's number, or something made of the address. */
  private get id(): string {
    return this.row.personId?.replaceAll("-", "") ?? `w${Array.from(new TextEncoder().encode(this.row.key), byte => byte.toString(16)).join("")}`;
  }

  get anchor(): string {
    return `p-${this.id}`;
  }

  /** Takes what was pressed on the server's page before this script was there as a press like any other. */
  takeUp(): void {
    const early = [...this.group.querySelectorAll<HTMLInputElement>("input[type=radio]")].find(radio => radio.checked && !radio.defaultChecked);
    if (early) this.pressed(early);
  }

  show(row: Row): void {
    this.row = row;
    const now = JSON.stringify(row);
    if (now === this.shown) return;
    this.shown = now;
    const { group } = this;
    say(one(group, "legend"), row.label);
    const name = one(group, ".app-mark__name");
    if (name.firstChild?.textContent !== row.name) name.replaceChildren(row.name, ...(row.booked ? [] : [made("span", "Added", { className: "app-walkin" })]));
    say(one(group, ".app-mark__agency"), `${row.under ?? row.agency ?? "Agency not known"}${row.booked ? "" : ", added without a booking"}`);
    group.classList.toggle("app-mark--none", row.mark === undefined);
    for (const radio of group.querySelectorAll<HTMLInputElement>("input[type=radio]")) radio.checked = radio.value === row.mark;
    if (!group.contains(document.activeElement) || row.mark !== "part") this.field("minutes").value = row.minutes?.toString() ?? "";
    say(this.hint, `of ${this.part.minutes}. Needs ${this.part.minutesNeeded} to count as attended.`);
    this.showState(row);
    this.showSubstitute(row);
  }

  private showState(row: Row): void {
    const who = one(this.group, ".app-mark__who");
    for (const old of who.querySelectorAll(".app-state, .app-mark__decided")) old.remove();
    if (row.dispute) who.append(stateOf("bad", `Two devices disagree: ${said(row.dispute.one)} and ${said(row.dispute.other)}. Press what is right.`));
    else if (!row.mark) who.append(stateOf("todo", "Not marked"));
    else if (row.decided) who.append(made("span", `Decided by ${row.decided.by}, ${timeOf(new Date(row.decided.at))}`, { className: "app-mark__decided" }));
    this.flag(row.why ?? null);
  }

  private showSubstitute(row: Row): void {
    const extra = one(this.group, ".app-mark__extra--substitute");
    let line = extra.querySelector<HTMLElement>(":scope > span");
    if (!row.substituteName) line?.remove();
    else {
      if (!line) extra.prepend((line = made("span")));
      line.replaceChildren(made("b", row.substituteName), ` came instead. ${row.given} did not.`);
    }
    if (!this.group.contains(document.activeElement)) {
      this.field("name").value = row.substituteName ?? "";
      this.field("email").value = "";
      this.find([]);
    }
  }

  /** Says beside the row what somebody should know; null: nothing. */
  flag(why: string | null): void {
    const line = this.group.querySelector(".app-mark__why");
    if (why === null) line?.remove();
    else if (line) say(line, why);
    else this.group.append(made("p", why, { className: "app-mark__why app-mark__wrong" }));
  }

  /** Offers whoever may have come instead. */
  find(people: readonly { personId: string; name: string; agency: string | null }[]): void {
    one(this.group, "[data-found]").replaceChildren(...people.map(person => {
      const button = made("button", `${person.name}, ${person.agency ?? "agency not known"}`, { type: "button", className: "govuk-button govuk-button--secondary" });
      button.addEventListener("click", () => {
        this.find([]);
        this.field("name").value = person.name;
        this.events.chosen(this.key, { mark: "substitute", substitute: person.personId, substituteName: person.name });
      });
      const item = made("li");
      item.append(button);
      return item;
    }));
  }

  get substituteTyped(): string {
    return this.field("name").value.trim();
  }

  focus(): void {
    (this.group.querySelector<HTMLInputElement>("input[type=radio]:checked") ?? one<HTMLInputElement>(this.group, "input[type=radio]")).focus();
  }

  private pressed(field: HTMLInputElement): void {
    const mark = this.group.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value as MarkKind | undefined;
    if (!mark) return;
    if (field.type === "time") {
      const minutes = minutesBetween(this.part, this.field("came").value, this.field("left").value);
      if (minutes === null) return this.flag(`Give times within this part, from ${this.part.from} to ${this.part.to}.`);
      this.field("minutes").value = minutes.toString();
    }
    if (mark === "part") return this.choosePart();
    if (mark === "substitute") return this.chooseSubstitute(field);
    this.flag(null);
    this.events.chosen(this.key, { mark });
  }

  private choosePart(): void {
    const typed = this.field("minutes").value.trim();
    if (typed && (!/^\d{1,4}$/.test(typed) || Number(typed) > this.part.minutes)) return this.flag(`Not saved yet. Write the minutes as a whole number, at most ${this.part.minutes}.`);
    this.flag(null);
    this.events.chosen(this.key, { mark: "part", ...(typed && { minutes: Number(typed) }) });
  }

  private chooseSubstitute(field: HTMLInputElement): void {
    const [name, email] = [this.substituteTyped, this.field("email").value.trim()];
    if (field.type === "radio") this.field("name").focus();
    if (name && isAddress(email)) {
      this.flag(null);
      this.find([]);
      this.events.chosen(this.key, { mark: "substitute", substitute: { name, email }, substituteName: name });
    } else if (email && !isAddress(email)) this.flag("Not saved yet. Write the e-mail address of who came like name@agency.example.");
    else if (!name) this.flag("Not saved yet. Write who came instead.");
    else if (name !== this.row.substituteName) {
      this.flag("Not saved yet. Choose who came, or give their e-mail address too.");
      this.events.named(this, name);
    }
  }

  private get hint(): HTMLElement {
    return one(this.group, ".app-mark__extra--part > span:not([data-times])");
  }

  private field(name: string): HTMLInputElement {
    return one<HTMLInputElement>(this.group, `#${name}-${this.id}`);
  }

  private copy(): HTMLLIElement {
    const blank = one<HTMLTemplateElement>(document, "template[data-row]").content.querySelector("li")!;
    const holder = document.createElement("ul");
    // The blank row is the server's own markup; all that is put into it is the number of this row.
    holder.innerHTML = blank.outerHTML.replaceAll(Blank, this.id);
    return holder.querySelector("li")!;
  }
}

export const said = (one: Said): string => `${wordOf(one.mark, one.minutes)}${one.substituteName ? `, ${one.substituteName} came` : ""} (${one.by ? `${one.by}, ` : ""}${timeOf(new Date(one.at))})`;
