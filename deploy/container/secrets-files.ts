/** The secrets on disk: the state of `init`, and each datacenter's files, readable by their owner only. */
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Secrets, secretsSchema } from "./secrets.ts";

const STATE = "state.json";

/** Undefined in a new volume. */
export function readState(folder: string): Secrets | undefined {
  const path = join(folder, STATE);
  return existsSync(path) ? secretsSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}

export function writeState(folder: string, state: Secrets): void {
  replace(join(folder, STATE), JSON.stringify(state));
}

/** Writes a datacenter's files; as root they are handed to `owner`, as whom its processes run. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>, owner: number): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = replace(join(folder, name), text);
    if (process.getuid?.() === 0) chownSync(path, owner, owner);
  }
}

/** Whole or not at all: a process that starts meanwhile reads no half of it. */
function replace(path: string, text: string): string {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return path;
}
