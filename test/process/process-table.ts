/** The machine's processes as far as tests need them: who names a folder, how big one is. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Pids of all processes, this one excepted, whose command line names `folder`. */
export function pidsNaming(folder: string): number[] {
  return commandLines()
    .filter(({ pid, line }) => pid !== process.pid && line.includes(folder))
    .map(({ pid }) => pid);
}

function commandLines(): { pid: number; line: string }[] {
  if (!existsSync("/proc/self/cmdline")) {
    const { stdout } = spawnSync("ps", ["-axo", "pid=,args="], { encoding: "utf8" });
    return stdout.split("\n").map((row) => ({ pid: Number.parseInt(row, 10), line: row }));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), line: readProc(`/proc/${name}/cmdline`).replaceAll("\0", " ") }));
}

/** Empty when the process ended meanwhile. */
function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) {
      return "";
    }
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  // A zombie's command line is empty: it has ended.
  if (existsSync("/proc/self/cmdline")) return readProc(`/proc/${pid}/cmdline`) !== "";
  return spawnSync("ps", ["-p", String(pid)]).status === 0;
}

/** Resident size in bytes. */
export function residentBytes(pid: number): number {
  if (existsSync("/proc/self/status")) {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readProc(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
  }
  const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Number(stdout.trim()) * 1024;
}

/** Sends a signal; a process that ended meanwhile is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
