/**
 * Proves: closing the official client neither crashes nor hangs its process when a node joins the
 * cluster at that moment.
 *
 * How: the client's tender thread is held at its question for peers; the client is closed; then the
 * answer names a node that the client has not known.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { elapse, untilTrue } from "../process/until.ts";
import { LatePeers } from "./late-peers.ts";

/** glibc overwrites what is freed, so that a use of it shows. */
const OVERWRITE_FREED = "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0";
/** Long enough for the closing process to free what it frees. */
const LATE_MS = 300;
const END_TIMEOUT_MS = 20_000;

let nodes: LatePeers | undefined;
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
  nodes?.stop();
});

test("a node joins while the client is being closed", async () => {
  nodes = await LatePeers.start();
  const path = fileURLToPath(new URL("closing-client.ts", import.meta.url));
  const closing = fork(path, [String(nodes.port)], {
    execArgv: [],
    env: { ...process.env, GLIBC_TUNABLES: OVERWRITE_FREED },
  });
  child = closing;
  await once(closing, "message");
  await nodes.join();
  expect(nodes.secondAsked).toBe(false);
  closing.send("close");
  await once(closing, "message");
  await elapse(LATE_MS);
  nodes.answer();
  await untilTrue("the process to end", { timeoutMs: END_TIMEOUT_MS }, () => {
    return closing.exitCode !== null || closing.signalCode !== null;
  });
  expect(nodes.secondAsked).toBe(true);
  expect({ code: closing.exitCode, signal: closing.signalCode }).toEqual({ code: 0, signal: null });
});
