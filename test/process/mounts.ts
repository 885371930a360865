/** File systems that tests mount below a folder of their own. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { run } from "./machine.ts";

/** Unmounts everything below `folder`, the innermost first; nothing when there is nothing. */
export function unmountBelow(folder: string): void {
  // Lazily: a process that was killed in the middle of a write holds on for a moment longer.
  for (const at of mountsBelow(folder)) {
    // One that a test left frozen would hang; one that is not frozen says so, which is fine.
    spawnSync("fsfreeze", ["--unfreeze", at], { stdio: "ignore" });
    run("umount", "--lazy", at);
  }
}

function mountsBelow(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((at) => at.startsWith(`${folder}/`))
    .toReversed();
}
