import * as runtime from "scorm-again/scorm12";

// Only a package of that standard loads it. (The types say that it is the default export; it has a name.)
(window as unknown as { Runtime: unknown }).Runtime = (runtime as unknown as { Scorm12API: unknown }).Scorm12API;
