/**
 * `<button type="button" data-copy="text" hidden>Copy</button>`: shown when the browser can copy, says in words that it
 * did. Without script the button stays hidden and the text beside it can be selected. `data-copied` is what it then says.
 */
export function copyButtons(page: Document): void {
  if (!navigator.clipboard) return;

  for (const button of page.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    const name = button.textContent ?? "";
    const done = button.dataset.copied ?? "Copied";
    const said = page.createElement("span");
    said.className = "govuk-visually-hidden";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;

    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? "");
        button.textContent = done;
        said.textContent = done;
      } catch {
        button.textContent = "Could not copy: select the text";
        said.textContent = "Could not copy. Select the text and copy it yourself.";
      }
      setTimeout(() => {
        button.textContent = name;
        said.textContent = "";
      }, 4000);
    });
  }
}
