import * as runtime from "scorm-again/scorm2004";

// Only a package of that standard loads it. (The types say that it is the default export; it has a name.)
(window as unknown as { Runtime: unknown }).Runtime = (runtime as unknown as { Scorm2004API: unknown }).Scorm2004API;
