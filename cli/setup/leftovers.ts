/**
 * Processes of a set-up whose supervisor was killed: they run on without it. They are known by pid
 * and by their command line, which names the data folder, since pids are used again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { waitUntil } from "./wait.ts";
import type { SupervisorFile } from "./setup-files.ts";

export interface Leftover {
  readonly name: string;
  readonly pid: number;
}

export function findLeftovers(dataFolder: string, file: SupervisorFile): Leftover[] {
  const processes = file.processes.filter(({ pid }) => commandLineOf(pid).includes(dataFolder));
  // The supervisor's own command line names the folder only when it was given as an option.
  const isSupervisor = file.pid !== process.pid && commandLineOf(file.pid).includes("cli/meridian.ts start");
  return isSupervisor ? [{ name: "the supervisor", pid: file.pid }, ...processes] : processes;
}

/** SIGTERM, and SIGKILL for what is still there after `graceMs`. */
export async function endLeftovers(
  dataFolder: string,
  file: SupervisorFile,
  graceMs: number,
): Promise<Leftover[]> {
  const found = findLeftovers(dataFolder, file);
  for (const { pid } of found) signal(pid, "SIGTERM");
  const gone = (): boolean => findLeftovers(dataFolder, file).length === 0;
  if (!(await waitUntil(gone, { timeoutMs: graceMs, intervalMs: 100 }))) {
    for (const { pid } of findLeftovers(dataFolder, file)) signal(pid, "SIGKILL");
    await waitUntil(gone, { timeoutMs: 5000, intervalMs: 50 });
  }
  return found;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended meanwhile, which is what was wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** Empty when there is no such process. */
function commandLineOf(pid: number): string {
  const path = `/proc/${pid}/cmdline`;
  if (existsSync("/proc/self/cmdline")) {
    try {
      return existsSync(path) ? readFileSync(path, "utf8").replaceAll("\0", " ") : "";
    } catch (error) {
      // Between the two looks it ended.
      if (error instanceof Error && "code" in error && error.code === "ESRCH") return "";
      throw error;
    }
  }
  return spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).stdout ?? "";
}
