/**
 * The report builder's island: `<form data-draft>` is counted while somebody types, and what comes of it takes the place of the form's `[data-preview]`. It asks what the button "Preview" asks, of the same address, so
 * that there is one way of counting a draft; nothing else on the page changes, and nothing is kept. Without script the button does it.
 */
const pause = 700;

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
  let waiting = 0;
  let asking: AbortController | null = null;

  const count = async (): Promise<void> => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const typed = new FormData(form);
    typed.set("Input.Do", "preview");
    const there = form.querySelector<HTMLElement>("[data-preview]");
    there?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, signal: mine.signal, headers: { accept: "text/html" } });
      const fresh = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-preview]") : null;
      if (fresh && there && mine === asking) there.innerHTML = fresh.innerHTML;
    } catch {
      // Without a network the button still says what is wrong.
    } finally {
      if (mine === asking) there?.removeAttribute("aria-busy");
    }
  };

  const soon = (): void => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void count(), pause);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", () => {
    window.clearTimeout(waiting);
    asking?.abort();
  });

  // What is there already is counted once as the page opens, unless it is a new report.
  if (form.querySelector<HTMLInputElement>("[name='Input.After']")?.value && !document.querySelector(".govuk-error-summary")) void count();
}

export {};
