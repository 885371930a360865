/**
 * Proves that a kill -9 at any moment loses no group whose write had resolved, and leaves every
 * group whole or absent: a child writes a known history, is killed again and again, and each time
 * the storage must equal the model of some prefix that holds all resolved groups.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openStorage } from "../../node/store/level-storage.ts";
import { CRASH_SLOTS, crashGroup } from "./crash-history.ts";
import { expectSame } from "./expect-same.ts";
import { StorageModel } from "./storage-model.ts";

const WRITER = join(import.meta.dirname, "crash-writer.ts");

/** Runs the writer until it has told `groups` groups, kills it; returns the last number told. */
async function writeAndKill(folder: string, groups: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let told = 0;
  let last = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    // Lines told before the kill was noticed count as well: their writes had resolved.
    if (++told === groups) child.kill("SIGKILL");
  }
  await exited;
  expect(child.signalCode).toBe("SIGKILL");
  return last;
}

test("resolved groups survive kill -9, and groups are atomic", async () => {
  const folder = await mkdtemp(join(tmpdir(), "meridian-crash-"));
  const model = new StorageModel();
  let written = 0;
  try {
    // Two kills in a row: nothing was closed, and so checkpointed, in between.
    for (const kills of [[1], [40, 5], [90], [17, 150]]) {
      let resolved = 0;
      for (const groups of kills) resolved = await writeAndKill(folder, groups);
      const storage = await openStorage(folder);
      const last = Number(storage.meta("group")?.toString());
      expect(last).toBeGreaterThanOrEqual(resolved);
      while (written < last) {
        written++;
        model.write(crashGroup(written, model));
      }
      for (const slot of CRASH_SLOTS) model.trimmedTo(slot, storage.firstSequence(slot));
      await expectSame(storage, model, CRASH_SLOTS);
      await storage.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
