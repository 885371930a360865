/**
 * Proves: a primary that is stopped (SIGSTOP), or whose event loop is blocked (P4), for longer than its
 * lease answers nothing stale and acknowledges nothing by itself once it runs again.
 *
 * How, after Jepsen's Aerospike test `pause`: connections are opened to a node while it is healthy,
 * and stay with it. The node is stopped; writes to the same records go on until other nodes have
 * acknowledged newer values of each; meanwhile reads and writes are sent into the stopped node's
 * sockets, where they wait. All other writes end, the node runs again. Then every read it answers
 * must be of the newest value or later, and every trapped write must be found exactly when it was
 * acknowledged. Reading goes on for a while, so that it would show if the node woke up stale.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { INSPECTABLE, Inspector } from "../process/inspector.ts";
import { type Client, connectClient, keyOf, outcomeOf, readPatiently } from "../process/official-client.ts";
import { primariesOf, primaryOf } from "../process/placement.ts";
import { signal } from "../process/process-table.ts";
import { RawClient, type RawReply } from "../process/raw-client.ts";
import { until, untilTrue } from "../process/until.ts";

const VICTIM = "a1";
const REGISTERS = 24;
/** Three times the default lease. */
const PAUSE_MS_LEAST = 2100;
const READING_MS = 1500;

let deployment: Deployment;
let client: Client;

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3, nodeOptions: INSPECTABLE });
  await deployment.settled("dc-a");
  client = await connectClient(deployment.hosts("dc-a"), { connectTimeoutMs: 1000 });
});
afterAll(async () => {
  await deployment?.dispose();
});

/** What became of a request that was trapped in a stopped node: an answer, or none. */
async function fateOf(request: Promise<RawReply>): Promise<RawReply | undefined> {
  try {
    return await request;
  } catch (error) {
    // A broken connection is no answer.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Puts with the official client until it is acknowledged; refusals and doubts are tried again. */
async function putForSure(key: ReturnType<typeof keyOf>, bins: Record<string, number>): Promise<void> {
  await untilTrue(`a write of ${key.key}`, { timeoutMs: 20_000, intervalMs: 20 }, async () => {
    const { kind } = await outcomeOf(client.put(key, bins));
    return kind === "applied";
  });
}

/** Holds the victim up; answers how it is let go. */
type Hold = (pid: number) => Promise<() => Promise<void>>;

const stopped: Hold = async (pid) => {
  signal(pid, "SIGSTOP");
  return async () => signal(pid, "SIGCONT");
};

/** A loop without an end but a file: everything that came meanwhile is then met in one turn. */
const blocked: Hold = async (pid) => {
  const inspector = await Inspector.open(pid, join(deployment.layout.logFolder, `${VICTIM}.log`));
  const [begin, end] = ["begin", "end"].map((one) => join(deployment.folder, `${one}-of-the-loop`));
  if (begin === undefined || end === undefined) throw new Error("two files");
  const files = `const { existsSync, writeFileSync } = process.getBuiltinModule("node:fs")`;
  const loop = `writeFileSync(${JSON.stringify(begin)}, ""); while (!existsSync(${JSON.stringify(end)}));`;
  const looping = inspector.evaluate(`(() => { ${files}; ${loop} })()`);
  await untilTrue("the loop to run", { timeoutMs: 10_000, intervalMs: 5 }, () => existsSync(begin));
  return async () => {
    writeFileSync(end, "");
    await looping;
    inspector.close();
    for (const file of [begin, end]) rmSync(file);
  };
};

test.each([
  ["stopped", stopped],
  ["blocked in its event loop", blocked],
])("a primary %s past its lease answers nothing stale and acknowledges nothing", async (how, hold) => {
  const { servicePort } = deployment.datacenter("dc-a").nodes[0] ?? { servicePort: 0 };
  const all = Array.from({ length: 400 }, (_, index) => keyOf("test", how, `p${index}`));
  const own = await until("the victim to have its primaries", { timeoutMs: 30_000 }, async () => {
    const primaries = await primariesOf(deployment.datacenter("dc-a"));
    const found = all.filter((key) => primaryOf(primaries, key) === VICTIM).slice(0, 2 * REGISTERS);
    return found.length === 2 * REGISTERS ? found : undefined;
  });
  const registers = own.slice(0, REGISTERS);
  // Trapped writes go to records of their own: each is written by nobody else.
  const trapKeys = own.slice(REGISTERS);
  expect(registers.length + trapKeys.length).toBe(2 * REGISTERS);
  for (const key of own) await putForSure(key, { n: 1 });

  const readers = await Promise.all(registers.map(() => RawClient.connect(servicePort)));
  const writers = await Promise.all(trapKeys.map(() => RawClient.connect(servicePort)));
  const early = await Promise.all(readers.map((reader, index) => reader.get(keyAt(registers, index))));
  expect(early.map(({ bins }) => bins["n"])).toEqual(registers.map(() => 1));

  const pid = await deployment.pidOf(VICTIM);
  const stoppedMs = performance.now();
  const release = await hold(pid);
  let newest: number;
  let trappedWrites: Promise<RawReply | undefined>[];
  let trappedReads: Promise<RawReply | undefined>[];
  let pausedMs: number;
  try {
    trappedWrites = writers.map((writer, index) => fateOf(writer.put(keyAt(trapKeys, index), { n: 100 })));
    // Newer values, acknowledged by the others in the stopped node's place.
    newest = 2;
    for (const key of own) await putForSure(key, { n: newest });
    await untilTrue(
      "the lease to be long over",
      { timeoutMs: 20_000 },
      () => performance.now() - stoppedMs > PAUSE_MS_LEAST,
    );
    // Sent after the newer values were acknowledged: an older answer would be stale.
    trappedReads = readers.map((reader, index) => fateOf(reader.get(keyAt(registers, index))));
  } finally {
    pausedMs = performance.now() - stoppedMs;
    await release();
  }

  const resumedMs = performance.now();
  const stale: string[] = [];
  const codes = new Map<number, number>();
  let fresh = 0;
  const judge = (key: string, reply: RawReply | undefined): void => {
    if (reply === undefined) return;
    codes.set(reply.resultCode, (codes.get(reply.resultCode) ?? 0) + 1);
    // 0 is an answer, 2 says that there is no record: both must be as of now.
    if (reply.resultCode === 2 || (reply.resultCode === 0 && Number(reply.bins["n"]) < newest)) {
      stale.push(`${key}: code ${reply.resultCode}, ${reply.bins["n"]} instead of ${newest}`);
    }
    if (reply.resultCode === 0) fresh += 1;
  };
  const answered = await Promise.all(trappedReads);
  for (const [index, reply] of answered.entries()) judge(keyAt(registers, index).key, reply);
  const rereads = await Promise.all(registers.map(() => RawClient.connect(servicePort)));
  while (performance.now() - resumedMs < READING_MS) {
    const replies = await Promise.all(
      rereads.map((reader, index) => fateOf(reader.get(keyAt(registers, index)))),
    );
    for (const [index, reply] of replies.entries()) judge(keyAt(registers, index).key, reply);
  }

  const fates = await Promise.all(trappedWrites);
  const violations: string[] = [];
  let acknowledged = 0;
  for (const [index, fate] of fates.entries()) {
    const key = keyAt(trapKeys, index);
    const value = Number((await readPatiently(client, key))?.["n"]);
    if (fate?.resultCode === 0) acknowledged += 1;
    // An acknowledgement after the newer value means that it was applied after it.
    const fine = fate?.resultCode === 0 ? value === 100 : value === 100 || value === newest;
    const isRefusal = fate !== undefined && fate.resultCode !== 0 && fate.resultCode !== 9;
    if (!fine || (isRefusal && value === 100)) {
      violations.push(`${key.key}: trapped write answered ${fate?.resultCode}, value ${value}`);
    }
  }
  report(`pause, ${how}`, {
    "held up ms": pausedMs,
    "reads answered by the resumed node": fresh,
    "codes of its reads": JSON.stringify(Object.fromEntries(codes)),
    "trapped reads answered": answered.filter((reply) => reply !== undefined).length,
    "trapped writes answered": fates.filter((fate) => fate !== undefined).length,
    "trapped writes acknowledged": acknowledged,
  });
  for (const connection of [...readers, ...writers, ...rereads]) connection.close();
  expect(stale).toEqual([]);
  expect(violations).toEqual([]);
  expect(pausedMs).toBeGreaterThan(PAUSE_MS_LEAST);
  // It serves again at the end, through whoever is primary now.
  expect(fresh).toBeGreaterThan(0);
  for (const key of registers) expect(Number((await readPatiently(client, key))?.["n"])).toBe(newest);
});

function keyAt(keys: readonly ReturnType<typeof keyOf>[], index: number): ReturnType<typeof keyOf> {
  const key = keys[index];
  if (key === undefined) throw new Error("more connections than keys");
  return key;
}
