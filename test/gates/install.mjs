// Brings node_modules of a fresh clone into being and returns the path of the Node 24 inside it.
// Plain JavaScript for whatever Node the machine has.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Installs by the lock file when something of it is missing; returns the path of Node 24. */
export function ensureInstalled(root) {
  const node = join(root, "node_modules/.bin/node");
  if (!isInstalled(root) || !existsSync(node)) {
    console.log("installing the packages of package-lock.json (npm ci)");
    // Under `npm test` npm_execpath is the very npm that the person uses.
    const npm = process.env.npm_execpath;
    const [command, args] = npm === undefined ? ["npm", ["ci"]] : [process.execPath, [npm, "ci"]];
    const result = spawnSync(command, args, { cwd: root, stdio: "inherit" });
    if (result.error !== undefined) throw result.error;
    if (result.status !== 0) throw new Error(`npm ci ended with ${result.status ?? result.signal}`);
  }
  if (!existsSync(node)) {
    // npm ran with ignore-scripts: the package `node` fetches its binary in its install script.
    execFileSync(process.execPath, ["installArchSpecificPackage"], {
      cwd: join(root, "node_modules/node"),
      stdio: "inherit",
    });
  }
  return node;
}

/** Whether node_modules was made from this very lock file: npm keeps a copy of what it installed. */
function isInstalled(root) {
  const made = join(root, "node_modules/.package-lock.json");
  if (!existsSync(made)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(made, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || present[path]?.version === entry.version,
  );
}
