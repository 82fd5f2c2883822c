// What every page may use. Each part only adds to HTML that works without it, and finds its own elements.
import { copyButtons } from "./copy.ts";
import { errorSummary } from "./errors.ts";
import { printButtons } from "./print.ts";
import { sendOnce } from "./once.ts";

copyButtons(document);
errorSummary(document);
printButtons(document);
sendOnce(document);
