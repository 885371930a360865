/**
 * Adds to package-lock.json the platform packages that npm left out because the registry it asked
 * did not have them (a partial mirror). Without them `npm ci` refuses the lock on every platform;
 * with them, npm takes the package on the platform it is for and skips it elsewhere. To be run
 * after a dependency was changed behind such a mirror: `node deploy/complete-lock.mjs`.
 */
import { readFileSync, writeFileSync } from "node:fs";

const PLATFORMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const ARCHITECTURES = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const added = [];
for (const [location, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (location === "" || findInstalled(location, name)) continue;
    const parts = name.split(/[-/]/);
    const os = PLATFORMS.filter((platform) => parts.includes(platform));
    const cpu = ARCHITECTURES.filter((architecture) => parts.includes(architecture));
    if (os.length !== 1 || cpu.length !== 1 || !/^\d+\.\d+\.\d+$/.test(version)) {
      throw new Error(
        `${location} asks for ${name}@${version}: not a platform package that can be completed`,
      );
    }
    const libc = parts.includes("musl") ? { libc: ["musl"] } : {};
    const dev = entry.dev ? { dev: true } : {};
    lock.packages[`node_modules/${name}`] = { version, cpu, ...dev, ...libc, optional: true, os };
    added.push(`${name}@${version}`);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `added ${added.join(", ")}` : "package-lock.json is complete");

/** Whether `name` is found from `location`, by Node's own rule: its folder or any above. */
function findInstalled(location, name) {
  for (let at = location; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    if (`${at === "" ? "" : `${at}/`}node_modules/${name}` in lock.packages) return true;
    if (at === "") return false;
  }
}
