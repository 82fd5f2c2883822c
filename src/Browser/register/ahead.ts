// On a trainer's own pages: the registers of today and tomorrow are loaded onto the tablet by themselves, and what still waits is sent.
import * as network from "./network.ts";
import { Tablet } from "./tablet.ts";
import { useWorker } from "./useworker.ts";

const script = document.currentScript as HTMLScriptElement | null;

async function load(): Promise<void> {
  useWorker(script);
  const tablet = new Tablet(document.documentElement.dataset["person"] || null);
  await tablet.open();
  for (const ref of await network.soon()) {
    const known = await tablet.sheet(ref);
    const sheet = await network.sheetOf(ref, known?.version);
    if (sheet !== "same" && !("status" in sheet)) await tablet.keepSheet(sheet);
  }
  // What was signed elsewhere stays no longer than here.
  for (const kept of await tablet.sheets()) {
    const sheet = await network.sheetOf(kept.session, kept.version);
    if (sheet !== "same" && !("status" in sheet) && sheet.signed) await tablet.removeRegister(kept.session);
  }
}

void load();
