// The preview and the linter's messages beside what is being written: what the "Preview" button does, after each pause in typing. Nothing is saved by it. Without script the button is there.
const pause = 600;

function previewing(form: HTMLFormElement): void {
  const words = form.querySelector("textarea");
  const parts = ["linted", "preview"];
  let timer = 0;
  let asked = 0;

  const ask = async () => {
    const mine = ++asked;
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
    sent.set("Input.Press", "preview");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // An answer that a later one has overtaken says what was typed before.
      if (mine !== asked) return;
      for (const id of parts) {
        const now = page.getElementById(id);
        if (now) document.getElementById(id)?.replaceChildren(...now.childNodes);
      }
    } catch {
      // The network is gone: the next pause asks again, and what is typed is still in the box.
    }
  };
  words?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), pause);
  });
}

const writing = document.querySelector<HTMLFormElement>("form[data-write]");
if (writing) previewing(writing);

export {};
