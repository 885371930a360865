/** File systems that tests mount below a folder of their own. */
import { readFileSync } from "node:fs";
import { run } from "./machine.ts";

/** Unmounts everything below `folder`, the innermost first; nothing when there is nothing. */
export function unmountBelow(folder: string): void {
  for (const at of mountsBelow(folder)) run("umount", at);
}

function mountsBelow(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((at) => at.startsWith(`${folder}/`))
    .toReversed();
}
