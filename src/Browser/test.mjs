// Runs the tests of what the browser loads, as far as it needs no browser: bundled one by one, since Node.js 20 reads no TypeScript, then by Node's own runner, which ends with how many passed.
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path => fileURLToPath(new URL(path, import.meta.url));
const names = (await readdir(here("tests/"))).filter(name => name.endsWith(".test.ts"));
const folder = await mkdtemp(here("node_modules/.tests-"));
try {
  await esbuild.build({
    entryPoints: names.map(name => here(`tests/${name}`)), outdir: folder, outExtension: { ".js": ".mjs" }, bundle: true, format: "esm", platform: "node", target: ["node20"], sourcemap: "inline",
  });
  const files = names.map(name => `${folder}/${name.replace(/\.ts$/, ".mjs")}`);
  process.exitCode = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=tap", ...files], { stdio: "inherit" }).status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
