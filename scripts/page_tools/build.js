// Makes PAGE.js of src/PAGE/start.js and all that it imports, in the folder named, and prints as JSON
// what went into each.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";

const web = join(dirname(fileURLToPath(import.meta.url)), "../../src/roadalign/outputs/web");

const made = {};
for (const page of ["map", "comparison", "index"]) {
  const { metafile } = await build({
    absWorkingDir: web,
    entryPoints: [`src/${page}/start.js`],
    outfile: join(argv[2], `${page}.js`),
    bundle: true,
    format: "iife",
    banner: { js: "\"use strict\";" }, // as in a module
    charset: "utf8",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  made[page] = Object.keys(metafile.inputs).sort();
}
stdout.write(`${JSON.stringify(made)}\n`);
