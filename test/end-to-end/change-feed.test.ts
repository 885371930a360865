/**
 * Proves: a declared consumer of a change feed that is killed and restarted at random, while a node is
 * killed, the shipper is killed and the bus is deleted under it, is handed every committed version of
 * every key, in order, and what it is handed a second time is marked. Judged by the generations that the
 * log of acknowledgements implies, not by anything of the feed's.
 *
 * How: registers are written without a stop in a datacenter of two nodes; the consumer is a process that
 * notes what it is handed. MERIDIAN_FEED_KEYS, MERIDIAN_FEED_PAUSE_MS and MERIDIAN_FEED_FAULT_MS make it
 * a longer run: 256, 0 and 20000 is what a fast machine is asked for.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { feedsSchema } from "../../common/config.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Consumed, KilledConsumer } from "../process/killed-consumer.ts";
import { type Client, connectClient, readPatiently } from "../process/official-client.ts";
import { Registers } from "../process/registers.ts";
import { elapse, untilTrue } from "../process/until.ts";

const KEYS = Number(process.env["MERIDIAN_FEED_KEYS"] ?? 48);
const PAUSE_MS = Number(process.env["MERIDIAN_FEED_PAUSE_MS"] ?? 10);
/** Faults stand at least so long. */
const FAULT_MS = Number(process.env["MERIDIAN_FEED_FAULT_MS"] ?? 1500);

let deployment: Deployment;
let client: Client;
let consumer: KilledConsumer;
let load: Registers;

beforeAll(async () => {
  deployment = await Deployment.start({
    datacenters: 1,
    nodes: 2,
    feeds: feedsSchema.parse([{ name: "all", namespace: "test", consumers: ["audit"] }]),
  });
  client = await connectClient(deployment.hosts("dc-a"));
  load = new Registers({ clients: [client], set: "feed", keys: KEYS, readers: 0, pauseMs: PAUSE_MS });
  consumer = new KilledConsumer({
    nats: `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`,
    datacenter: "dc-a",
    feed: "all",
    consumer: "audit",
    file: join(deployment.folder, "consumed.jsonl"),
    lifeMs: 2500,
  });
});
afterAll(async () => {
  await load?.stop();
  await consumer?.stop();
  await deployment?.dispose();
});

test("a killed consumer sees every version, in order, whatever is killed or wiped meanwhile", async () => {
  await deployment.settled("dc-a");
  load.start();
  consumer.start();
  await elapse(FAULT_MS);

  await deployment.kill(["a1"]);
  await elapse(FAULT_MS);
  await deployment.restart(["a1"]);
  await deployment.settled("dc-a");

  await deployment.kill(["a-shipper"]);
  await elapse(FAULT_MS);
  await deployment.restart(["a-shipper"]);
  await elapse(FAULT_MS);

  await deployment.kill(["a-nats"]);
  rmSync(deployment.datacenter("dc-a").nats.store, { recursive: true });
  await elapse(FAULT_MS);
  await deployment.restart(["a-nats"]);
  await elapse(FAULT_MS);

  await load.stop();
  await consumer.spare();
  const last = new Map<string, number>();
  for (const { key } of load.registers) {
    last.set(key.key, Number((await readPatiently(client, key))?.["n"]));
  }
  const lacking = (): string[] => {
    const seen = new Map(consumer.consumed().map(({ key, value }) => [key ?? "", value ?? 0]));
    return [...last].filter(([key, value]) => (seen.get(key) ?? 0) < value).map(([key]) => key);
  };
  await untilTrue(
    "the consumer to have all",
    { timeoutMs: 60_000, intervalMs: 250 },
    () => lacking().length === 0,
  ).catch((error: unknown) => {
    throw new Error(`the consumer lacks what is last of ${lacking().length} keys: ${lacking().join()}`, {
      cause: error,
    });
  });

  const consumed = consumer.consumed();
  const marked = consumed.filter(({ again }) => again);
  report("change feed", {
    "versions written": load.counts.applied,
    "in doubt": load.counts.inDoubt,
    handed: consumed.length,
    "handed twice": repeatsOf(consumed).length,
    "marked as repeats": marked.length,
    "consumer killed": consumer.kills,
  });
  expect(consumed.filter(({ gap }) => gap === true)).toEqual([]);
  expect(repeatsOf(consumed).filter(({ again }) => again !== true)).toEqual([]);
  const problems = load.registers.flatMap((register) => problemsOf(register, consumed));
  expect(problems).toEqual([]);
  expect(consumer.kills).toBeGreaterThan(2);
  expect(load.counts.applied).toBeGreaterThan(500);
});

/** What was handed out when it had been before. */
function repeatsOf(consumed: readonly Consumed[]): Consumed[] {
  const seen = new Set<string>();
  return consumed.filter((one) => {
    const place = `${one.partition}:${one.sequence}`;
    if (seen.has(place)) return true;
    seen.add(place);
    return false;
  });
}

/** What is wrong with a key's versions, repeats left out: holes, disorder, acknowledged values missing. */
function problemsOf(register: Registers["registers"][number], consumed: readonly Consumed[]): string[] {
  const { key } = register.key;
  const repeats = new Set(repeatsOf(consumed));
  const versions = consumed.filter((one) => one.key === key && !repeats.has(one));
  const problems: string[] = [];
  versions.forEach(({ generation, value, sequence }, index) => {
    const before = versions[index - 1];
    if (generation !== index + 1)
      problems.push(`${key}: generation ${generation} stands at place ${index + 1}`);
    if (before === undefined) return;
    if (sequence <= before.sequence) problems.push(`${key}: ${sequence} comes after ${before.sequence}`);
    if ((value ?? 0) <= (before.value ?? 0)) problems.push(`${key}: ${value} comes after ${before.value}`);
  });
  const values = new Set(versions.map(({ value }) => value));
  for (const operation of register.history.operations()) {
    if (operation.kind !== "write") continue;
    const { outcome } = operation;
    const has = values.has(Number(operation.value));
    if (outcome === "applied" && !has) problems.push(`${key}: lacks acknowledged ${operation.value}`);
    if (outcome === "refused" && has) problems.push(`${key}: has refused ${operation.value}`);
  }
  return problems.slice(0, 5);
}
