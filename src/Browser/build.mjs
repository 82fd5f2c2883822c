// Builds what the browser loads: one style sheet, the script of every page, those of the register, the planner, packages and passkeys, into the application's wwwroot/built/, what a package's own frame
// loads into wwwroot/built/frame/, and the register's service
// worker beside it, since a worker answers only for what lies below it (both git-ignored).
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import * as esbuild from "esbuild";

const here = path => fileURLToPath(new URL(path, import.meta.url));
const built = here("../Learning/wwwroot/built/");

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });

const styles = sass.compile(here("styles/site.scss"), {
  style: "compressed",
  importers: [new sass.NodePackageImporter(here("./"))],
  quietDeps: true,
});
await writeFile(`${built}site.css`, styles.css);

// The letters of PDF files: Atkinson Hyperlegible, made for people who see badly, and DejaVu for letters that it lacks. The program embeds them; no browser asks for them.
await mkdir(`${built}fonts`);
const fonts = {
  "regular.ttf": "@expo-google-fonts/atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf",
  "bold.ttf": "@expo-google-fonts/atkinson-hyperlegible/700Bold/AtkinsonHyperlegible_700Bold.ttf",
  "rare.ttf": "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
  "rare-bold.ttf": "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
};
for (const [name, from] of Object.entries(fonts)) await copyFile(here(`node_modules/${from}`), `${built}fonts/${name}`);

const scripts = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
};
await esbuild.build({
  ...scripts, outdir: built,
  entryPoints: { site: here("site/site.ts"), register: here("register/register.ts"), tablet: here("register/ahead.ts"), door: here("door/door.ts"), typed: here("register/typed.ts"), passkeys: here("account/passkeys.ts"), planner: here("planner/planner.ts"), draft: here("reports/draft.ts"), write: here("write/write.ts"), package: here("package/package.ts") },
});
await esbuild.build({ ...scripts, outdir: `${built}frame/`, entryPoints: { frame: here("frame/frame.ts"), runtime12: here("frame/runtime12.ts"), runtime2004: here("frame/runtime2004.ts") } });
await copyFile(here("frame/frame.html"), `${built}frame/frame.html`);
await esbuild.build({ ...scripts, outdir: here("../Learning/wwwroot/"), entryPoints: { "register-worker": here("worker/register.ts") } });
