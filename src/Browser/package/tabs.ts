import { freshId } from "./protocol.ts";

/** Of several tabs with one attempt the newest saves: it says that it is there, and the others stop. */
export function claim(attempt: string, taken: () => void): void {
  if (typeof BroadcastChannel === "undefined") return;
  const [channel, tab] = [new BroadcastChannel(`package ${attempt}`), freshId()];
  channel.addEventListener("message", event => {
    if (event.data !== tab) taken();
  });
  channel.postMessage(tab);
}
