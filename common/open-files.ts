/** How many files and sockets this process may have open: Linux says so in /proc, others are not asked. */
import { existsSync, readFileSync } from "node:fs";

const LIMITS = "/proc/self/limits";

/** Infinity where it is unlimited or unknown. */
export function openFilesMax(): number {
  return existsSync(LIMITS) ? parseOpenFilesMax(readFileSync(LIMITS, "utf8")) : Number.POSITIVE_INFINITY;
}

/** The soft limit in a text of the form of /proc/self/limits. */
export function parseOpenFilesMax(limits: string): number {
  const found = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return found === undefined ? Number.POSITIVE_INFINITY : Number(found);
}
