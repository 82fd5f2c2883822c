// A door at which tickets are scanned, with or without a network. The form works without this script.
import { one, say } from "../register/element.ts";
import type { Sheet } from "../register/sheet.ts";
import { Tablet } from "../register/tablet.ts";
import { useWorker } from "../register/useworker.ts";
import type { DoorList } from "./list.ts";
import { openDoor } from "./open.ts";

const script = document.currentScript as HTMLScriptElement | null;
const form = document.querySelector<HTMLFormElement>("form[data-door]");
const tablet = new Tablet(document.documentElement.dataset["person"] || null);

/** Without a network: the door that was asked for, as it is kept here. */
async function openKept(): Promise<void> {
  const ready = tablet.open();
  await ready;
  say(one(document, "[data-name]"), tablet.owner?.name ?? "");
  const ref = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const [sheet, list] = [await tablet.sheet(ref), await tablet.door(ref)];
  if (!sheet || !list) {
    say(one(document, "[data-shell-title]"), tablet.owner ? "This door is not on this tablet" : "You are not signed in on this tablet");
    say(one(document, "[data-shell-words]"), tablet.owner
      ? "There is no network. A door opens without one on a tablet that has opened it before."
      : "There is no network, so a door that this tablet keeps cannot be opened until you have signed in again.");
    return;
  }
  document.title = `Door: ${list.title} – Learning`;
  one(document, "[data-shell]").remove();
  one(document, "[data-shell-register]").hidden = false;
  if (tablet.condition.kind === "fine") tablet.condition = { kind: "offline", sentence: "No network here." };
  const number = new URLSearchParams(location.search).get("part");
  const part = sheet.parts.find(one => String(one.number) === number) ?? sheet.parts.find(one => Date.parse(one.ends) >= Date.now()) ?? sheet.parts.at(-1)!;
  openDoor(sheet, list, part.id, tablet, ready);
}

if (document.querySelector("[data-shell]")) void openKept();
else if (form?.dataset["sheet"]) {
  useWorker(script);
  openDoor(JSON.parse(form.dataset["sheet"]) as Sheet, JSON.parse(form.dataset["list"]!) as DoorList, form.dataset["part"]!, tablet, tablet.open());
}
