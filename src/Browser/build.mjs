// Builds what the browser loads: one style sheet, the script of every page and that of the register, into the application's wwwroot/built/ (git-ignored).
import { mkdir, rm, writeFile } from "node:fs/promises";
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

await esbuild.build({
  entryPoints: [here("site/site.ts"), here("register/register.ts")],
  outdir: built,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
});
