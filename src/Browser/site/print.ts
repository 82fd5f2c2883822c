/** `<button type="button" data-print hidden>Print</button>`: shown when there is script to do it. */
export function printButtons(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
