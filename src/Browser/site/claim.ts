/**
 * `<form data-check="/address">`: while somebody types, the sentence is checked there and what comes of it is said in the form's `[data-checked]`. The form works without: its button checks too.
 */
export function claimForms(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-check]")) {
    const said = form.querySelector<HTMLElement>("[data-checked]");
    if (!said) continue;

    let waiting = 0;
    let asked = 0;
    const check = async (): Promise<void> => {
      const mine = ++asked;
      const typed = new FormData(form);
      const query = new URLSearchParams({ sentence: String(typed.get("Input.Sentence") ?? ""), figure: String(typed.get("Input.Figure") ?? "") });
      try {
        const answer = await fetch(`${form.dataset.check}?${query}`, { headers: { accept: "application/json" } });
        if (!answer.ok || mine !== asked) return;
        const verdict = (await answer.json()) as { holds: string; words: string };
        said.className = `app-state app-state--${verdict.holds}`;
        said.textContent = verdict.words;
      } catch {
        // Without a network the button still says what is wrong.
      }
    };
    form.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => void check(), 250);
    });
  }
}
