// What every page may use. Each part only adds to HTML that works without it, and finds its own elements.
import { claimForms } from "./claim.ts";
import { copyButtons } from "./copy.ts";
import { errorSummary } from "./errors.ts";
import { leaveQuickly } from "./leave.ts";
import { printButtons } from "./print.ts";
import { refreshing } from "./refresh.ts";
import { sendOnce } from "./once.ts";
import { forgetKey } from "./tablet.ts";

forgetKey(document);
claimForms(document);
copyButtons(document);
errorSummary(document);
leaveQuickly(document);
printButtons(document);
refreshing(document);
sendOnce(document);
