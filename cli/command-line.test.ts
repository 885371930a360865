/** Proves that what a command prints arrives as a whole, also at a reader that takes its time. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const BYTES = 2_000_000;
const PRINT = `
  const { outputTaken, printLine } = await import(${JSON.stringify(join(import.meta.dirname, "command-line.ts"))});
  printLine("x".repeat(${BYTES}));
  process.stderr.write("printed");
  await outputTaken();
  process.exit();`;

test("a process does not end before all that it printed was taken", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PRINT], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  // Nothing is read before it has printed all: far more than a pipe holds.
  await once(child.stderr, "data");
  let bytes = 0;
  for await (const chunk of child.stdout) bytes += (chunk as Buffer).length;
  expect(await ended).toEqual([0, null]);
  expect(bytes).toBe(BYTES + 1);
});
