/**
 * Runs the project on a machine that has only git, npm and some Node (20 or newer): installs the
 * dependencies when they are missing or not those of package-lock.json, then starts what was asked
 * for on the Node that the npm package `node` brings, since the sources need Node 24.
 *
 *   node deploy/bootstrap.mjs cli/meridian.ts start --nodes 1
 *
 * Plain JavaScript without dependencies: it runs before anything is installed. It installs without
 * install scripts, which newer npm versions block or ask about and which may compile for the wrong
 * Node; the one that is needed (`node`, it fetches its binary) is run by name.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isInstallLocked, takeInstallLock } from "./install-lock.mjs";

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
/** The Node that everything runs on. */
export const nodeBinary = join(
  projectRoot,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** Where Node keeps stripped and compiled sources between starts. */
const compileCache = join(projectRoot, "node_modules", ".cache", "node");

/** Packages with compiled parts, built here only where they bring no binary for the platform. */
const NATIVE_PACKAGES = ["aerospike", "classic-level"];
/** The one library beyond libc that the binary of `aerospike` loads; not on every Linux. */
const LIBYAML = { pattern: /libyaml/, debian: "libyaml-0-2" };

/**
 * Installs unless node_modules is what package-lock.json says; waits where another command of this
 * checkout is at it. Exits with a message on failure.
 */
export function ensureInstalled() {
  if (isInstalled() && !isInstallLocked(projectRoot)) return;
  const release = takeInstallLock(projectRoot, (pid) => {
    process.stderr.write(`waiting for the install that process ${pid} has begun ...\n`);
  });
  // Also where `fail` ends the process.
  process.once("exit", release);
  if (!isInstalled()) install();
  release();
  process.removeListener("exit", release);
}

function install() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    fail(`Node ${process.version} is too old: Meridian installs from Node 20 on (see https://nodejs.org)`);
  }
  process.stderr.write("installing dependencies (once; about half a minute) ...\n");
  npm(["ci", "--ignore-scripts"], "npm ci failed, see above: is the network or the registry reachable?");
  npm(["rebuild", "node"], "could not fetch the Node 24 binary (npm package `node`), see above");
  for (const name of NATIVE_PACKAGES) {
    let error = loadError(name);
    if (LIBYAML.pattern.test(error)) {
      if (!installDebianPackage(LIBYAML.debian)) {
        // Only the commands that are clients (load, get, put) need it.
        process.stderr.write(
          `${name} needs the system's libyaml (Debian: apt-get install ${LIBYAML.debian})\n`,
        );
        continue;
      }
      error = loadError(name);
    }
    if (error === "") continue;
    process.stderr.write(`no prebuilt ${name} for ${process.platform}-${process.arch}: building it ...\n`);
    npm(["rebuild", name], `could not build ${name}, see above: a C++ compiler and Python are needed`);
  }
}

/** Why a package cannot be loaded on the project's Node; empty when it can. */
function loadError(name) {
  const code = `require(${JSON.stringify(name)})`;
  const result = spawnSync(nodeBinary, ["-e", code], { cwd: projectRoot, encoding: "utf8" });
  return result.status === 0 ? "" : result.stderr || "it ended without a message";
}

function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  process.stderr.write(`installing the system package ${name} ...\n`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-q"], options);
  return spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", name], options).status === 0;
}

/**
 * Runs a script of the project on Node 24 in this terminal, passes signals on, and ends with its
 * exit code.
 */
export function runOnProjectNode(script, args) {
  // Stripped and compiled sources are kept: a command starts in half the time.
  const env = { NODE_COMPILE_CACHE: compileCache, ...process.env };
  const child = spawn(nodeBinary, [script, ...args], { stdio: "inherit", env });
  // A terminal's Ctrl-C reaches the child as well; it counts two at once as one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`cannot start ${nodeBinary}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm notes what it installed in node_modules/.package-lock.json. */
function isInstalled() {
  const notes = join(projectRoot, "node_modules", ".package-lock.json");
  if (!existsSync(notes) || !existsSync(nodeBinary)) return false;
  const wanted = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(notes, "utf8")).packages;
  return Object.entries(wanted).every(([location, entry]) => {
    if (location === "") return true;
    const present = installed[location];
    return present === undefined ? entry.optional === true : present.version === entry.version;
  });
}

function npm(args, message) {
  const options = ["--no-audit", "--no-fund", "--loglevel=error"];
  const result = spawnSync("npm", [...args, ...options], {
    cwd: projectRoot,
    // npm's own report goes to standard error: standard output belongs to what is run.
    stdio: ["ignore", 2, "inherit"],
    shell: process.platform === "win32",
  });
  if (result.error !== undefined) fail(`cannot run npm: ${result.error.message}`);
  if (result.status !== 0) fail(message);
}

function fail(message) {
  process.stderr.write(`meridian: ${message}\n`);
  process.exit(1);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const [script, ...args] = process.argv.slice(2);
  if (script === undefined) fail("usage: node deploy/bootstrap.mjs SCRIPT [ARGUMENT...]");
  ensureInstalled();
  runOnProjectNode(join(projectRoot, script), args);
}
