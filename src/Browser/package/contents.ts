import type { State, View } from "./protocol.ts";

/** What stands of an item, in one word. */
export const wordOf = (state: Pick<State, "completion" | "success"> | undefined): string =>
  !state || (state.completion === "not attempted" && state.success === "unknown") ? "not started" : state.success === "passed" ? "passed" : state.success === "failed" ? "failed" : state.completion === "completed" ? "completed" : "begun";

/** The table of contents beside the content: what stands of each item, and which can be opened. */
export class Contents {
  private readonly buttons: HTMLButtonElement[];

  constructor(root: HTMLElement, choose: (item: string) => void) {
    this.buttons = [...root.querySelectorAll<HTMLButtonElement>("button[data-item]")];
    for (const button of this.buttons) button.addEventListener("click", () => choose(button.dataset["item"]!));
  }

  show(states: Record<string, Pick<State, "completion" | "success">>): void {
    for (const button of this.buttons) {
      const [word, line] = [wordOf(states[button.dataset["item"]!]), button.closest("li")!];
      line.querySelector(":scope > [data-state]")!.textContent = word;
      line.classList.toggle("is-done", word === "completed" || word === "passed");
    }
  }

  follow(view: View): void {
    for (const button of this.buttons) {
      const item = button.dataset["item"]!;
      button.disabled = !view.open.includes(item) && item !== view.current;
      const line = button.closest("li")!;
      line.hidden = view.hidden.includes(item);
      line.classList.toggle("is-now", item === view.current);
      if (item === view.current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
}
