import { newId, withDashes, type Mark } from "./mark.ts";

/** A person's row in the form: what is pressed and typed in it, and what it shows. */
export class Row {
  private readonly id: string;

  constructor(private readonly group: HTMLFieldSetElement, private readonly part: string) {
    this.id = group.id.slice("p-".length);
  }

  /** The mark that the row says now, or null while something is missing in it or it has to be looked up by the server. */
  mark(): Mark | null {
    const mark = this.group.querySelector<HTMLInputElement>(`input[name="mark-${this.id}"]:checked`)?.value;
    if (!mark) return null;
    const seen = this.seen?.value;
    const made: Mark = { id: newId(), part: this.part, personId: withDashes(this.id), mark, at: new Date().toISOString(), ...(seen && { seen }) };
    if (mark === "part") {
      const typed = this.typed("minutes");
      if (typed && !/^\d{1,4}$/.test(typed)) return null;
      return typed ? { ...made, minutes: Number(typed) } : made;
    }
    if (mark !== "substitute") return made;
    const [name, email] = [this.typed("name"), this.typed("email")];
    return name && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) ? { ...made, substitute: { name, email } } : null;
  }

  /** Shows that a mark is stored: the page then knows this event as the newest. */
  stored(event: string): void {
    const field = this.seen ?? this.group.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: `seen-${this.id}` }));
    field.value = event;
    this.group.querySelector(`input[name="decide-${this.id}"]`)?.remove();
    this.group.classList.remove("app-mark--none");
    this.group.querySelector(".app-mark__who .app-state")?.remove();
    this.group.querySelector(".app-mark__why")?.remove();
  }

  /** Says why somebody should look. */
  flag(why: string): void {
    const line = this.group.querySelector(".app-mark__why") ?? this.group.appendChild(Object.assign(document.createElement("p"), { className: "app-mark__why app-mark__wrong" }));
    line.textContent = why;
  }

  /** Presses what was marked before the page was left. */
  restore(mark: Mark): void {
    const choice = this.group.querySelector<HTMLInputElement>(`input[name="mark-${this.id}"][value="${mark.mark}"]`);
    if (choice) choice.checked = true;
    const minutes = this.group.querySelector<HTMLInputElement>(`input[name="minutes-${this.id}"]`);
    if (minutes && mark.minutes !== undefined) minutes.value = String(mark.minutes);
  }

  private get seen(): HTMLInputElement | null {
    return this.group.querySelector(`input[name="seen-${this.id}"]`);
  }

  private typed(field: string): string {
    return this.group.querySelector<HTMLInputElement>(`input[name="${field}-${this.id}"]`)?.value.trim() ?? "";
  }
}
