/** The lock of an install, over real processes: one at a time, and none waits for a dead one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { untilTrue } from "../test/process/until.ts";

const MODULE = join(import.meta.dirname, "install-lock.mjs");
const HOLDERS = 6;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-lock-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A process that notes its pid when it has the lock, works, and notes it again before it gives it back. */
function startHolder(work: string) {
  const code = `
    import { appendFileSync } from "node:fs";
    import { takeInstallLock } from ${JSON.stringify(MODULE)};
    const release = takeInstallLock(${JSON.stringify(folder)}, (pid) => console.log("waits for " + pid));
    const note = () => appendFileSync(${JSON.stringify(join(folder, "notes"))}, process.pid + "\\n");
    note();
    ${work}
    note();
    release();`;
  return spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function notes(): string[] {
  return readFileSync(join(folder, "notes"), "utf8").trimEnd().split("\n");
}

test("one at a time, and nothing is left", async () => {
  const work = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);";
  const holders = Array.from({ length: HOLDERS }, () => startHolder(work));
  await Promise.all(holders.map((holder) => once(holder, "exit")));
  const pids = notes();
  expect(pids).toHaveLength(2 * HOLDERS);
  // Who came in went out before the next one came in.
  for (let at = 0; at < pids.length; at += 2) expect(pids[at + 1]).toBe(pids[at]);
  expect(readdirSync(folder)).toEqual(["notes"]);
});

test("a live holder is waited for, and named; of a dead one it is taken over", async () => {
  const first = startHolder("await new Promise((resolve) => setTimeout(resolve, 60_000));");
  await untilTrue("the first to have it", { timeoutMs: 10_000 }, () => existsSync(join(folder, "notes")));
  const waiting = Array.from({ length: 2 }, () => startHolder(""));
  const said = await Promise.all(
    waiting.map(async ({ stdout }) => {
      const [chunk] = (await once(stdout, "data")) as [Buffer];
      return chunk.toString();
    }),
  );
  expect(said).toEqual([`waits for ${first.pid}\n`, `waits for ${first.pid}\n`]);
  expect(notes()).toEqual([String(first.pid)]);

  const ended = Promise.all(waiting.map((holder) => once(holder, "exit")));
  first.kill("SIGKILL");
  expect((await ended).map(([code]) => code as number)).toEqual([0, 0]);
  const pids = notes().slice(1);
  expect(pids).toHaveLength(4);
  expect(pids[1]).toBe(pids[0]);
  expect(pids[3]).toBe(pids[2]);
  expect(readdirSync(folder)).toEqual(["notes"]);
});
