import { count, isAddress, made, one } from "./element.ts";
import { people, type FoundPerson } from "./network.ts";
import { matches } from "./sheet.ts";

export interface Adding {
  ref: string;
  /** Whom this tablet knows from other registers: all there is to search without a network. */
  known(): Promise<FoundPerson[]>;
  full(): { places: number } | null;
  add(person: FoundPerson | { name: string; email: string }): void;
}

/** The place to add somebody who came without a booking (A4): found by name, or by name and work e-mail, also without a network. */
export function addSomeone(adding: Adding): () => void {
  const form = one<HTMLFormElement>(document, "form[data-add]");
  const [find, name, email] = ["add-find", "add-name", "add-email"].map(id => one<HTMLInputElement>(form, `#${id}`)) as [HTMLInputElement, HTMLInputElement, HTMLInputElement];
  const [found, wrong, full] = [one(form, "[data-add-found]"), one(form, "[data-add-wrong]"), one(form, "[data-add-full]")];
  let asked = 0;
  const close = (): void => {
    form.hidden = true;
    form.reset();
    found.replaceChildren();
    document.querySelector<HTMLButtonElement>("button[value=add]")?.focus();
  };
  const complain = (words: string, field: HTMLElement): void => {
    [wrong.textContent, wrong.hidden] = [words, false];
    field.focus();
  };
  const done = (person: FoundPerson | { name: string; email: string }): void => {
    close();
    adding.add(person);
  };
  form.addEventListener("submit", event => {
    event.preventDefault();
    const who = { name: name.value.trim(), email: email.value.trim() };
    if (!who.name) complain("Enter their name", name);
    else if (!isAddress(who.email)) complain(who.email ? "Enter an e-mail address like name@agency.example" : "Enter their work e-mail address", email);
    else done(who);
  });
  one(form, "[data-add-close]").addEventListener("click", close);
  find.addEventListener("input", () => {
    const [typed, turn] = [find.value.trim(), ++asked];
    if (typed.replace(/\s/g, "").length < 3) return found.replaceChildren();
    setTimeout(() => {
      if (turn === asked) void look(typed, turn);
    }, 250);
  });

  async function look(typed: string, turn: number): Promise<void> {
    const answered = await people(adding.ref, typed);
    const all = answered ?? (await adding.known()).filter(person => matches(person, typed)).slice(0, 20);
    if (turn !== asked) return;
    if (all.length === 0) {
      found.replaceChildren(made("li", answered ? `Nobody we know is called “${typed}”. Write down their name and work e-mail.` : "There is no network to look them up. Write down their name and work e-mail."));
      return;
    }
    found.replaceChildren(...all.map(person => {
      const [item, button] = [made("li"), made("button", `${person.name}, ${person.agency ?? "agency not known"}`, { type: "button", className: "govuk-button govuk-button--secondary" })];
      button.addEventListener("click", () => done(person));
      item.append(button);
      return item;
    }));
  }

  return () => {
    const over = adding.full();
    [full.hidden, full.textContent] = [over === null, over ? `The session has ${count(over.places, "place")} and all are held. You can add people all the same.` : ""];
    [form.hidden, wrong.hidden] = [false, true];
    one(form, "h2").focus();
    form.scrollIntoView({ block: "nearest" });
  };
}
