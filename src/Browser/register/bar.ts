import { timeOf } from "./clock.ts";
import { count, made, one, say } from "./element.ts";
import type { Kept } from "./queue.ts";
import { isMarked, missing, seatsOf, tallyOf, type Part, type Row, type Sheet } from "./sheet.ts";
import type { Tablet } from "./tablet.ts";

/** The head of the register: what it is, how many are marked, what is saved and what is sent. */
export function showBar(sheet: Sheet, part: Part, rows: readonly Row[], tablet: Tablet, shows?: { title: string; counted: number; word: string }): void {
  const bar = one(document, ".app-regbar");
  const title = shows?.title ?? sheet.title;
  say(one(bar, "h1"), sheet.parts.length > 1 ? `${title}, ${part.title.toLowerCase()}` : title);
  say(one(bar, ".app-regbar__sub"), sheet.venue ? `${part.when}, ${sheet.venue}` : part.when);
  const marked = shows?.counted ?? rows.filter(isMarked).length;
  const words = `${marked} of ${rows.length} ${shows?.word ?? "marked"}`;
  say(one(bar, ".app-regbar__count"), words);
  const progress = one<HTMLProgressElement>(bar, "progress");
  [progress.max, progress.value] = [Math.max(1, rows.length), marked];
  progress.setAttribute("aria-label", words);
  document.querySelector(".app-register")?.classList.toggle("app-register--late", marked * 2 >= rows.length);
  const [said, when] = bar.querySelectorAll("[role=status] span");
  const [waiting, unsaved] = [tablet.waiting(), tablet.unsaved];
  say(said!, unsaved.length > 0 ? (tablet.unkept ? "Not saved on this tablet" : "Saving") : waiting.length === 0 ? "All sent" : `Saved on this tablet${tablet.savedAt ? ` ${timeOf(tablet.savedAt)}` : ""}`);
  say(when!, waiting.length > 0 ? `${waiting.length} to send` : tablet.sentAt ? `sent ${timeOf(tablet.sentAt)}` : "");
}

/** What somebody should know who is about to go on: no network, signed out, nothing kept. A state, not an error. */
export function showNotes(sheet: Sheet, tablet: Tablet): void {
  const notes: { title: string; words: string; link?: { text: string; to: string } }[] = [];
  const waiting = tablet.waiting();
  const kept = tablet.unsaved.length === 0;
  const first = waiting.map(event => event.mark?.at ?? event.signature!.at).sort()[0];
  const all = waiting.length === 0 ? "" : ` ${count(waiting.length, "mark")} since ${timeOf(new Date(first!))} ${waiting.length === 1 ? "goes" : "go"} by ${waiting.length === 1 ? "itself" : "themselves"} when`;
  const { condition } = tablet;
  const safe = kept ? "Every mark is kept on this tablet." : "What you press is in this page only.";
  if (tablet.unkept && !kept) notes.push({ title: tablet.unkept, words: `What you press is sent straight away instead. ${count(tablet.unsaved.length, "mark is", "marks are")} not sent yet: leave this page open until it says “All sent”.` });
  else if (tablet.unkept) notes.push({ title: tablet.unkept, words: "What you press is sent straight away. Without a network, write it on paper." });
  if (condition.kind === "offline") notes.push({ title: "No network here. Carry on.", words: `${safe}${all && `${all} the network is back.`}${document.querySelector(".app-sign") ? " You can sign now too." : ""}${all && kept && !tablet.lasting ? " If this is a private window, keep it open until then." : ""}` });
  else if (condition.kind === "signIn") notes.push({ title: condition.sentence, words: `${safe}${all && `${all} you sign in.`}`, link: { text: "Sign in", to: `/account/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}` } });
  else if (condition.kind === "strange") notes.push({ title: condition.sentence, words: `${safe}${all && `${all} that is done.`}` });
  else if (condition.kind === "busy") notes.push({ title: condition.sentence, words: safe });
  else if (condition.kind === "closed") notes.push({ title: condition.sentence, words: `${safe} They are tried again; if this stays so, tell the business unit.` });
  const signature = tablet.events.find(event => event.ref === sheet.session && event.signature && event.state === "waiting");
  if (signature?.refused) notes.push({ title: "The register is not signed.", words: `${signature.refused} See to that, then sign again.` });
  else if (signature) notes.push({ title: `You signed at ${timeOf(new Date(signature.signature!.at))}.`, words: "It counts from when it is sent. If you change a mark before, that goes first." });
  else if (sheet.signed) notes.push({ title: `This register is signed${sheet.signedBy ? ` by ${sheet.signedBy}` : ""}.`, words: "What you mark now opens it again.", link: { text: "See it as it is signed", to: location.pathname } });
  const box = one(document, "[data-notes]");
  const text = JSON.stringify(notes);
  if (box.dataset["said"] === text) return;
  box.dataset["said"] = text;
  box.replaceChildren(...notes.map(note => {
    const [element, words] = [made("div", "", { className: "app-offline" }), made("p")];
    words.append(made("b", note.title), ` ${note.words}`, ...(note.link ? [" ", made("a", note.link.text, { href: note.link.to, className: "govuk-link" })] : []));
    element.append(words);
    return element;
  }));
}

/** The foot: who is missing, what the register says so far. */
export function showSign(sheet: Sheet, part: Part, rows: readonly Row[], events: readonly Kept[], device: string, anchor: (row: Row) => string): void {
  const section = one(document, ".app-sign");
  const lines: HTMLElement[] = [];
  for (const gap of missing(sheet, events, device)) {
    const line = made("p");
    const shown = gap.people.slice(0, 5);
    if (gap.part.id !== part.id) line.append("In ", made("a", gap.part.title, { href: `?part=${gap.part.number}`, className: "govuk-link" }), ` ${count(gap.people.length, "person is", "people are")} not marked yet.`);
    else {
      line.append(`${gap.people.length === 1 ? "One person is" : `${gap.people.length} people are`} not marked: `);
      shown.forEach((row, i) => line.append(i === 0 ? "" : i === shown.length - 1 && gap.people.length === shown.length ? " and " : ", ", made("a", row.name, { href: `#${anchor(row)}`, className: "govuk-link" })));
      line.append(gap.people.length > shown.length ? ` and ${gap.people.length - shown.length} more.` : ".");
    }
    lines.push(line);
  }
  const so = tallyOf([...rows, ...seatsOf(sheet, part, events, device)]);
  lines.push(made("p", `${so ? `${so}. ` : ""}Your signature is what the annual report counts. The business unit can reopen the register if something was wrong.`, { className: "app-quiet" }));
  const text = lines.map(line => line.textContent).join("\n");
  if (section.dataset["said"] === text) return;
  section.dataset["said"] = text;
  for (const old of section.querySelectorAll("p")) old.remove();
  one(section, "h2").after(...lines);
}

/** What stands in the way of a signature, and where to go for it. */
export interface Mistake {
  words: string;
  to: string;
}

/** A mistake at the top of the page, as the server's own pages say it, with the focus on it. */
export function showMistakes(mistakes: readonly Mistake[]): void {
  document.querySelector(".govuk-error-summary")?.remove();
  if (mistakes.length === 0) return;
  const [summary, body, list] = [made("div", "", { className: "govuk-error-summary", tabIndex: -1 }), made("div", "", { className: "govuk-error-summary__body" }), made("ul", "", { className: "govuk-list govuk-error-summary__list" })];
  summary.dataset["lacking"] = "";
  summary.setAttribute("role", "alert");
  summary.setAttribute("aria-labelledby", "error-summary-title");
  list.append(...mistakes.map(mistake => {
    const item = made("li");
    item.append(made("a", mistake.words, { href: mistake.to }));
    return item;
  }));
  body.append(list);
  summary.append(made("h2", "There is a problem", { className: "govuk-error-summary__title", id: "error-summary-title" }), body);
  one(document, ".app-regmain").prepend(summary);
  summary.focus();
}

/** Takes out what is put right by now, without a word: whoever put it right knows. */
export function dropMistakes(still: () => readonly Mistake[]): void {
  const summary = document.querySelector(".govuk-error-summary[data-lacking]");
  if (!summary) return;
  const words = new Set(still().map(mistake => mistake.words));
  for (const item of summary.querySelectorAll("li")) if (!words.has(item.textContent ?? "")) item.remove();
  if (!summary.querySelector("li")) summary.remove();
}
