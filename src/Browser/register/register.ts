// The register on a tablet: what is pressed is kept on the tablet, then sent. The form works without this script; with it, its buttons do the same without waiting for the network.
import { openRegister } from "./open.ts";
import { openShell } from "./shell.ts";
import { Tablet } from "./tablet.ts";
import { useWorker } from "./useworker.ts";
import type { Sheet } from "./sheet.ts";

const script = document.currentScript as HTMLScriptElement | null;
const form = document.querySelector<HTMLFormElement>("form[data-marks]");
const tablet = new Tablet(document.documentElement.dataset["person"] || null);

if (document.querySelector("[data-shell]")) void openShell(tablet);
else {
  useWorker(script);
  const sheet = form?.dataset["sheet"];
  if (sheet) openRegister(JSON.parse(sheet) as Sheet, form!.dataset["part"]!, tablet, tablet.open());
  // A register that is signed: nothing to mark, but something may wait; if not, it leaves the tablet.
  else void tablet.open().then(async () => {
    const kept = await tablet.sheet(decodeURIComponent(location.pathname.split("/")[2] ?? ""));
    if (kept) await tablet.removeRegister(kept.session);
  });
}
