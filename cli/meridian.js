#!/usr/bin/env node
/**
 * The `meridian` command, started by whatever Node the machine has: installs what is missing and
 * goes on in `meridian.ts` on the project's own Node.
 */
import { fileURLToPath } from "node:url";
import { ensureInstalled, runOnProjectNode } from "../deploy/bootstrap.mjs";

ensureInstalled();
runOnProjectNode(fileURLToPath(new URL("meridian.ts", import.meta.url)), process.argv.slice(2));
