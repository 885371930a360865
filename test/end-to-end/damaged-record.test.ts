/**
 * Proves that a record whose bytes were damaged on one node's disk (D3) is never served damaged, is
 * put right from a peer's whole copy without anybody's help, stays right, and never harms the copy
 * that is whole. And that a damaged entry of the change log, which a replica needs to catch up, costs
 * that replica a copy of the partition and nothing else: it never comes into a log or a record there.
 *
 * How: three nodes, two copies of everything. While its node is stopped, one bit of some values is
 * flipped in the table files: in records only, later in entries of the log only, which hold the same
 * values and were written while the replica was away.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import {
  type Client,
  connectClient,
  type Key,
  keyOf,
  outcomeOf,
  readPatiently,
} from "../process/official-client.ts";
import { primariesOf, primaryOf } from "../process/placement.ts";
import { untilTrue } from "../process/until.ts";

const VICTIM = "a1";
/** Its replica that is away while entries are written. */
const AWAY = "a2";
const RECORDS = 120;
const SET = "damage";
const BIN = "v";
/** Of a record's image, as proto/record.ts lays it out: before the set's name, and one field of `seen`. */
const IMAGE_HEAD_BYTES = 29 + 9;
const OP_HEAD_BYTES = 8;

const keys = Array.from({ length: RECORDS }, (_, index) => keyOf("test", SET, `damaged-${index}`));
let deployment: Deployment;
let client: Client | undefined;

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3 });
  await deployment.settled("dc-a");
});
afterAll(async () => {
  await deployment?.dispose();
});

function wholeValue(key: Key): string {
  return `the whole value of ${key.key}, and nothing but it`;
}

async function connect(): Promise<Client> {
  client = await connectClient(deployment.hosts("dc-a"), { connectTimeoutMs: 1000 });
  return client;
}

async function stop(): Promise<void> {
  client = undefined;
  const stopped = await deployment.meridian("stop");
  expect(stopped.code).toBe(0);
}

async function putForSure(key: Key, bins: Record<string, string>): Promise<void> {
  const writer = client;
  if (writer === undefined) throw new Error("no client");
  await untilTrue(`a write of ${key.key}`, { timeoutMs: 20_000, intervalMs: 20 }, async () => {
    return (await outcomeOf(writer.put(key, bins))).kind === "applied";
  });
}

/** Flips a bit of the value wherever a record, or a log entry, in the table files holds it. */
function damage(folder: string, key: Key, where: "record" | "entry"): number {
  const value = Buffer.from(wholeValue(key));
  const userKeyBytes = 1 + key.key.length;
  const before = IMAGE_HEAD_BYTES + SET.length + userKeyBytes + OP_HEAD_BYTES + BIN.length;
  let flipped = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".ldb"))) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) {
      const image = at - before;
      // In an entry the names of the changed bins stand before the image.
      const inEntry = bytes[image - 1] === BIN.charCodeAt(0) && bytes[image - 2] === BIN.length;
      if (inEntry !== (where === "entry")) continue;
      bytes.writeUInt8(bytes.readUInt8(at + 4) ^ 0x20, at + 4);
      flipped++;
    }
    if (flipped > 0) writeFileSync(path, bytes);
  }
  return flipped;
}

function dataOf(name: string): string {
  return deployment.datacenter("dc-a").nodes.find((node) => node.name === name)?.data ?? "";
}

async function metric(name: string): Promise<number> {
  const node = deployment.datacenter("dc-a").nodes.find((one) => one.name === VICTIM);
  const text = await (await fetch(`http://127.0.0.1:${node?.adminPort}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)`, "m").exec(text)?.[1] ?? Number.NaN);
}

test("damaged records are refused, repaired from the peer, and written on", async () => {
  await connect();
  for (const key of keys) await putForSure(key, { [BIN]: wholeValue(key) });
  // What is in the engine's own log becomes tables when it is opened again.
  await stop();
  await deployment.up();
  await stop();
  const damaged = keys.filter((key) => damage(dataOf(VICTIM), key, "record") > 0);
  expect(damaged.length).toBeGreaterThan(RECORDS / 4);

  await deployment.up();
  await deployment.settled("dc-a");
  const primaries = await primariesOf(deployment.datacenter("dc-a"));
  const met = damaged.filter((key) => primaryOf(primaries, key) === VICTIM);
  expect(met.length).toBeGreaterThan(0);
  const reader = await connect();
  for (const key of keys) expect(await readPatiently(reader, key)).toEqual({ [BIN]: wholeValue(key) });
  await untilTrue("all that was met to be repaired", { timeoutMs: 10_000 }, async () => {
    return (await metric("meridian_damaged_records")) === 0;
  });
  report("damaged records", {
    damaged: damaged.length,
    "met by reads": met.length,
    "reads that met one": await metric("meridian_damaged_records_total"),
    repaired: await metric("meridian_repaired_records_total"),
  });
  expect(await metric("meridian_repaired_records_total")).toBe(met.length);

  const [first] = met;
  if (first !== undefined) await putForSure(first, { more: "written on" });
  await stop();
  await deployment.up();
  await deployment.settled("dc-a");
  const again = await connect();
  for (const key of met) {
    const written =
      key === first ? { [BIN]: wholeValue(key), more: "written on" } : { [BIN]: wholeValue(key) };
    expect(await readPatiently(again, key)).toEqual(written);
  }
});

test("a log entry damaged before a replica got it: the replica gets a whole copy instead", async () => {
  deployment.editConfig("dc-a", (config) => {
    // Nothing is made elsewhere in the place of the replica that is away.
    config["timing"] = { "migrate-fill-delay-ms": 600_000 };
  });
  await deployment.restart(["a1", "a2", "a3"]);
  await deployment.settled("dc-a");
  const writer = await connect();
  await deployment.kill([AWAY]);
  const missed = Array.from({ length: RECORDS }, (_, index) => keyOf("test", SET, `missed-${index}`));
  for (const key of missed) await putForSure(key, { [BIN]: wholeValue(key) });
  // Opened again, so that what it wrote is in tables.
  await deployment.restart([VICTIM]);
  await deployment.kill([VICTIM]);
  const damaged = missed.filter((key) => damage(dataOf(VICTIM), key, "entry") > 0);
  expect(damaged.length).toBeGreaterThan(RECORDS / 4);

  await deployment.restart([VICTIM]);
  await deployment.restart([AWAY]);
  await deployment.settled("dc-a");
  const blocks = await metric("meridian_damaged_log_blocks_total");
  report("damaged log entries", { damaged: damaged.length, "blocks given up": blocks });
  expect(blocks).toBeGreaterThan(0);
  // What the replica got is read from it alone.
  await deployment.kill([VICTIM]);
  for (const key of missed) expect(await readPatiently(writer, key)).toEqual({ [BIN]: wholeValue(key) });
  await deployment.restart([VICTIM]);
  await deployment.settled("dc-a");
});
