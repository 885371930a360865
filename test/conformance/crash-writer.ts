/**
 * Child process of the crash test: writes the history's groups from where the storage ends, tells
 * each group's number on standard output once its write has resolved, and never ends by itself.
 */
import { writeSync } from "node:fs";
import { openStorage } from "../../node/store/level-storage.ts";
import { CRASH_SLOTS, crashGroup, trimsAfter } from "./crash-history.ts";
import { StorageModel } from "./storage-model.ts";

const folder = process.argv[2] ?? "";
// A small write buffer makes LevelDB write tables, and compact them, while it is killed.
const storage = await openStorage(folder, { writeBufferBytes: 256 * 1024 });
const last = Number(storage.meta("group")?.toString() ?? 0);
const model = new StorageModel();
for (let number = 1; number <= last; number++) model.write(crashGroup(number, model));

for (let number = last + 1; ; number++) {
  const group = crashGroup(number, model);
  model.write(group);
  await storage.write(group, true);
  writeSync(1, `${number}\n`);
  if (!trimsAfter(number)) continue;
  // Never into what a later truncation of the history goes back to.
  const safe = new Map(CRASH_SLOTS.map((slot) => [slot, model.state(slot).sequence - 20]));
  await storage.trim({
    keepBytes: 60_000,
    maxBytes: Number.MAX_SAFE_INTEGER,
    safe: (slot) => safe.get(slot) ?? 0,
  });
}
