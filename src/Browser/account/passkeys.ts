// Passkeys: asks the site what to ask the browser, asks the browser, and sends what it answers with the form that the button is in. Without script, or in a browser that has no passkeys, the
// button stays hidden, and every other way in is there.
import { createFrom, getFrom } from "./credential.ts";

const words: Record<string, string> = {
  NotAllowedError: "It was cancelled, or took too long. Try again, or choose another way.",
  InvalidStateError: "This device already has a passkey for your account.",
  SecurityError: "This browser does not allow passkeys at this address.",
};

async function answer(form: HTMLFormElement, address: string): Promise<string> {
  const token = form.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]");
  const response = await fetch(address, { method: "POST", body: new URLSearchParams({ __RequestVerificationToken: token?.value ?? "" }) });
  if (!response.ok) throw new Error("The page is too old. Load it again, then try again.");
  const asked: unknown = await response.json();
  return JSON.stringify(await (address.endsWith("/new") ? createFrom(asked) : getFrom(asked)));
}

function offer(part: HTMLElement): void {
  part.hidden = false;
  const button = part.querySelector<HTMLButtonElement>("button");
  const form = part.closest("form");
  const field = part.querySelector<HTMLInputElement>("input[type=hidden]");
  const wrong = part.querySelector<HTMLElement>("[role=alert]");
  if (!button || !form || !field || !wrong) return;

  const press = async (): Promise<void> => {
    if (button.disabled) return;
    button.disabled = true;
    wrong.hidden = true;
    try {
      field.value = await answer(form, part.dataset.passkey ?? "");
      form.submit();
    } catch (error) {
      const { name, message } = error as Error;
      wrong.textContent = words[name] ?? (name === "Error" ? message : "That did not work. Try again, or choose another way.");
      wrong.hidden = false;
      button.disabled = false;
      button.focus();
    }
  };
  button.addEventListener("click", () => void press());
  // Enter in the form's field is the button's press: the form has nothing to send without an answer.
  form.addEventListener("submit", event => {
    event.preventDefault();
    void press();
  });
}

if (typeof window.PublicKeyCredential === "function") {
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey]")) offer(part);
}
