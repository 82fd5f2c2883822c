// The register without the press on "Save": each mark is sent as it is made. The form works without this script, and every button of it still sends all of it.
import type { Answer, Mark } from "./mark.ts";
import { Queue } from "./queue.ts";
import { Row } from "./row.ts";

const form = document.querySelector<HTMLFormElement>("form[data-marks]");
if (form) start(form);

function start(form: HTMLFormElement): void {
  const [said, when] = document.querySelectorAll<HTMLElement>("[role=status] span");
  const part = form.dataset["part"]!;
  const row = (personId: string): Row | null => {
    const group = form.querySelector<HTMLFieldSetElement>(`#p-${personId.replaceAll("-", "")}`);
    return group && new Row(group, part);
  };
  const time = (): string => new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true }).replace(/\s/, "");
  const show = (waiting: number): void => {
    said!.textContent = waiting === 0 ? "All sent" : `${waiting} to send`;
    when!.textContent = waiting === 0 ? `last mark ${time()}` : `kept on this tablet ${time()}`;
  };
  const answered = (sent: Mark[], answer: Answer): void => {
    for (const mark of sent) if (mark.part === part) row(mark.personId)?.stored(mark.id);
    for (const { id, why } of answer.flagged) row(sent.find(mark => mark.id === id)!.personId)?.flag(why);
    count();
  };
  const refused = (sent: Mark[], sentence: string): void => {
    for (const mark of sent) row(mark.personId)?.flag(sentence);
  };
  const queue = new Queue(form.dataset["marks"]!, form.querySelector<HTMLInputElement>("input[name=device]")!.value, show, answered, refused);

  for (const mark of queue.waiting) if (mark.part === part) row(mark.personId)?.restore(mark);
  if (queue.waiting.length > 0) void queue.flush();

  form.addEventListener("change", event => {
    const group = (event.target as Element).closest<HTMLFieldSetElement>("fieldset.app-mark");
    if (!group) return;
    const changed = new Row(group, part);
    const mark = changed.mark();
    if (mark) queue.add(mark);
    else changed.flag("Not saved yet. Fill this in, then press Save the register.");
  });

  // A button of the form sends the form; what is on its way by itself goes first, so that nothing comes after a signature.
  document.addEventListener("submit", event => {
    if (event.target !== form || queue.waiting.length === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void Promise.race([queue.flush(), new Promise(resolve => setTimeout(resolve, 3000))]).then(() => {
      queue.drop();
      (event.submitter as HTMLElement | null)?.click();
    });
  }, { capture: true });

  function count(): void {
    const rows = form.querySelectorAll("fieldset.app-mark").length;
    const marked = rows - form.querySelectorAll("fieldset.app-mark--none").length;
    document.querySelector(".app-regbar__count")!.textContent = `${marked} of ${rows} marked`;
    const progress = document.querySelector<HTMLProgressElement>(".app-regbar progress")!;
    progress.value = marked;
    form.querySelector(".app-register")!.classList.toggle("app-register--late", marked * 2 >= rows);
    progress.setAttribute("aria-label", `${marked} of ${rows} marked`);
  }
}
