/** The one element that a page of ours certainly has. */
export function one<T extends Element = HTMLElement>(within: ParentNode, selector: string): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** An element with text: never markup, whatever somebody is called. */
export function made<K extends keyof HTMLElementTagNameMap>(tag: K, text = "", properties: Partial<HTMLElementTagNameMap[K]> = {}): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), properties);
  if (text) element.textContent = text;
  return element;
}

/** Changes a text only when it is another, so that a screen reader says it once. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** A state is a shape and a word, as the server writes it. */
export const stateOf = (kind: "todo" | "bad", text: string): HTMLElement => made("span", text, { className: `app-state app-state--${kind}` });

/** "1 mark", "3 marks". */
export const count = (number: number, word: string, plural = `${word}s`): string => `${number} ${number === 1 ? word : plural}`;


/** An address for e-mail as the server takes it. */
export const isAddress = (text: string): boolean => text.length <= 254 && /^[!-~]+@[!-~]+\.[!-~]+$/.test(text) && !/["<>,;()\\]/.test(text) && text.split("@").length === 2 && !/@\.|\.$/.test(text);
