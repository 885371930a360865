/**
 * Proves with real processes: ready only when the ready URL answers; ended while starting, not ready
 * in time and dying later are all told, with how and with the last log lines; a process that ignores
 * SIGTERM is killed after its grace; nothing is started again by itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastLogLines } from "./log-tail.ts";
import { ManagedProcess, type ProcessState } from "./managed-process.ts";
import { waitUntil } from "./wait.ts";

let folder: string;
let managed: ManagedProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-process-"));
  managed = [];
});
afterEach(async () => {
  for (const one of managed) await one.kill();
  rmSync(folder, { recursive: true });
});

/** A process that runs `code`; its server answers on a free port, which it logs. */
function make(
  code: string,
  states: ProcessState[] = [],
  readyUrl = "http://127.0.0.1:1/readyz",
): ManagedProcess {
  const one = new ManagedProcess(
    {
      name: "a1",
      kind: "node",
      command: process.execPath,
      args: ["-e", code],
      logPath: join(folder, "a1.log"),
      readyUrl,
    },
    (changed) => states.push(changed.state),
  );
  managed.push(one);
  return one;
}

const RUN = "setInterval(() => {}, 1000);";

test("is ready when its URL answers, and stops in order by SIGTERM", async () => {
  // The port is the test's own: it plays the process's admin listener.
  const { createServer } = await import("node:http");
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const states: ProcessState[] = [];
  const one = make(RUN, states, `http://127.0.0.1:${port}/readyz`);
  one.start();
  await one.waitReady(10_000);
  expect(one.view()).toMatchObject({ state: "running", end: null });
  expect(await one.stop(5000)).toBe(true);
  expect(states).toEqual(["running", "stopping", "stopped"]);
  server.close();
});

test("ending while it starts is an error with its last words", async () => {
  const one = make(
    'console.log(JSON.stringify({ level: 60, msg: "failed", error: "disk full" })); process.exit(3)',
  );
  one.start();
  await expect(one.waitReady(10_000)).rejects.toThrow(
    /ended at its start \(exit code 3\)[\s\S]*fatal: failed: disk full/,
  );
});

test("not ready in time is an error that names the log", async () => {
  const one = make(RUN);
  one.start();
  await expect(one.waitReady(200)).rejects.toThrow(/not ready after 0\.2 s \(log: .*a1\.log\)/);
});

test("dying is told with its signal, and it stays down", async () => {
  const states: ProcessState[] = [];
  const one = make(RUN, states);
  one.start();
  const { pid } = one.view();
  process.kill(pid ?? 0, "SIGKILL");
  await waitUntil(() => one.state === "down", { timeoutMs: 5000, intervalMs: 10 });
  expect(one.view()).toMatchObject({ state: "down", end: "SIGKILL", pid: null });
  expect(states).toEqual(["running", "down"]);
});

test("what ignores SIGTERM is killed after its grace", async () => {
  const one = make(`process.on("SIGTERM", () => {}); console.log("deaf"); ${RUN}`);
  one.start();
  await waitUntil(() => lastWords(one).includes("deaf"), { timeoutMs: 5000, intervalMs: 10 });
  expect(await one.stop(100)).toBe(false);
  expect(one.isAlive).toBe(false);
});

test("a program that is not there is down, not an exception", async () => {
  const spec = { ...make(RUN).spec, command: join(folder, "missing") };
  const one = new ManagedProcess(spec, () => undefined);
  one.start();
  await expect(one.waitReady(5000)).rejects.toThrow("could not be started");
});

function lastWords(one: ManagedProcess): string {
  return lastLogLines(one.spec.logPath, 3).join("\n");
}
