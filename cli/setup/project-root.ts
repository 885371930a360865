/** The folder of the project: where sources are started from and data lies by default. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where Node keeps stripped and compiled sources between starts; deploy/bootstrap.mjs says the same. */
export const compileCache = join(projectRoot, "node_modules/.cache/node");
