// `npm test`: installs what is missing, runs every quality gate, and ends with the counts.
//
// Plain JavaScript, since on a fresh clone it is started by whatever Node the machine has (20 or
// later); the gates themselves run on the Node that the package `node` brings. Each gate before the
// tests counts as one test. Exit code 0 only if nothing failed and tests did run.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, nodeBinary } from "../deploy/bootstrap.mjs";

const root = join(import.meta.dirname, "..");
ensureInstalled();
const scratch = mkdtempSync(join(tmpdir(), "meridian-test-"));
const countsFile = join(scratch, "counts.json");
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  console.log(`node ${process.versions.node} started this, ${await versionOf(nodeBinary)} runs the tests`);
  await gate("types", ["node_modules/typescript/bin/tsc", "-p", "."]);
  await gate("types of the dashboard's page", [
    "node_modules/typescript/bin/tsc",
    "-p",
    "xdr-shipper/dashboard/page",
  ]);
  await gate("lint and format", [
    "node_modules/@biomejs/biome/bin/biome",
    "check",
    "--error-on-warnings",
    ".",
  ]);
  await gate("generated protocol code", ["proto/generate.mjs", "--check"]);
  await tests();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);

async function gate(title, args) {
  const started = performance.now();
  const code = await run(args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok" : "FAILED"}: ${title} (${seconds} s)`);
  if (code === 0) counts.passed += 1;
  else counts.failed += 1;
}

async function tests() {
  const args = ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)];
  const code = await run(args, { TEST_COUNTS_FILE: countsFile });
  const tested = readCounts();
  counts.passed += tested.passed;
  counts.failed += tested.failed;
  counts.skipped += tested.skipped;
  // The runner failed without naming a test: a crash, or a wrong command line.
  if (code !== 0 && tested.failed === 0) counts.failed += 1;
}

function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return { passed: 0, failed: 0, skipped: 0 };
    throw error;
  }
}

function run(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(nodeBinary, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function versionOf(binary) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ["-p", "process.versions.node"], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("exit", () => resolve(text.trim()));
  });
}
