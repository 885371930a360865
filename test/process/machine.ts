/**
 * What fault injection needs of the machine: Linux, root, some programs. Where they lack, tests are
 * left out, and the reason is printed. With CI=true nothing is left out: there a fault that could
 * not be injected fails.
 */
import { spawnSync } from "node:child_process";

/** Why tests that need root and `programs` are left out here; undefined when they run. */
export function whyLeftOut(...programs: readonly string[]): string | undefined {
  if (process.env["CI"] === "true") return undefined;
  const lacking = programs.filter(
    (program) => spawnSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" }).status !== 0,
  );
  if (process.getuid?.() !== 0) lacking.unshift("root");
  if (process.platform !== "linux") lacking.unshift("Linux");
  if (lacking.length === 0) return undefined;
  const reason = `left out, since this machine lacks: ${lacking.join(", ")}`;
  process.stdout.write(`${reason}\n`);
  return reason;
}

/** What it takes to start a bare Node and end it on two cores that nobody else uses, milliseconds. */
const START_MS = 100;
const STARTS = 5;

/**
 * How many times slower than such a machine this one is now, at least 1: by the median of some starts of a
 * bare Node. For bounds in seconds that hold on a machine of one's own, where this one is shared.
 */
export function slowness(): number {
  const times = Array.from({ length: STARTS }, () => {
    const startedMs = performance.now();
    run(process.execPath, "-e", "0");
    return performance.now() - startedMs;
  });
  const median = times.toSorted((a, b) => a - b)[STARTS >> 1] ?? START_MS;
  return Math.max(1, median / START_MS);
}

/** Runs a program of the system and returns its output; throws with what it said. */
export function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], { encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
