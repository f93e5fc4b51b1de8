// Makes bundles/PAGE.js of src/PAGE/start.js and all that it imports; with an argument, into that folder.
// Prints what went into each bundle as JSON.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = argv[2] ?? join(here, "bundles");

const made = {};
for (const page of ["map", "comparison", "index"]) {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [`src/${page}/start.js`],
    outfile: join(outdir, `${page}.js`),
    bundle: true,
    format: "iife",
    charset: "utf8",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  made[page] = Object.keys(metafile.inputs).sort();
}
stdout.write(`${JSON.stringify(made, null, 1)}\n`);
