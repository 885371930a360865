/**
 * Proves of `meridian verify --passes` that one pass over two datacenters under writes finds what was
 * changed behind the logs' back, and nothing else: a bin value flipped in a primary's copy and in another
 * copy, a record that is missing in a datacenter and one that is back there although it was deleted; that it
 * only tells of them unless it is told to repair; that repaired they are everywhere what they were; and that
 * a certificate is written only when all is equal.
 *
 * How: while all is stopped, records are written into the nodes' storage without an entry in a log.
 * MERIDIAN_VERIFY_RECORDS=1000000 MERIDIAN_VERIFY_WRITERS=40 does it with more.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { writeAll } from "../../cli/client/bulk-writer.ts";
import { isRetryable } from "../../cli/client/datacenter-client.ts";
import { openStorage } from "../../node/store/level-storage.ts";
import type { Storage } from "../../node/store/storage.ts";
import { slotOf } from "../../proto/cluster-map.ts";
import { digestOf } from "../../proto/digest.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
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
import { partitionOf } from "../process/raw-client.ts";
import { SharedWriters } from "../process/shared-writers.ts";
import { untilTrue } from "../process/until.ts";

const RECORDS = Number(process.env["MERIDIAN_VERIFY_RECORDS"] ?? 4000);
const WRITERS = Number(process.env["MERIDIAN_VERIFY_WRITERS"] ?? 6);
const SET = "verified";
const TIMEOUT_MS = 600_000;
const ARRIVES_S = 600;

const eventSchema = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("difference"),
    difference: z.object({ key: z.string().nullable() }),
    repair: z.object({ done: z.boolean(), what: z.string() }).nullable(),
  }),
  z.object({
    event: z.literal("pass"),
    outcome: z.object({
      ...{ namespace: z.string(), verdict: z.string(), seconds: z.number(), records: z.number() },
      ...{ copies: z.number(), differences: z.number(), repaired: z.number(), open: z.array(z.number()) },
    }),
  }),
]);
const certificatesSchema = z.array(
  z.object({
    namespace: z.string(),
    datacenters: z.array(
      z.object({ name: z.string(), changes: z.number(), upTo: z.array(z.number()).length(4096) }),
    ),
  }),
);

let deployment: Deployment;
let certificate: string;
beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  certificate = join(deployment.folder, "equal.json");
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
}, TIMEOUT_MS);
afterAll(async () => {
  await deployment?.dispose();
});

const keys = Array.from({ length: RECORDS }, (_, index) => keyOf("test", SET, `k${index}`));
const contentOf = (key: Key): string => `the value of ${key.key}, as it was written`;

interface Wronged {
  readonly flipped: Key;
  readonly flippedCopy: Key;
  readonly missing: Key;
  readonly zombie: Key;
}

async function writeRecords(client: Client): Promise<void> {
  const result = await writeAll({
    items: keys,
    concurrency: 200,
    write: async (key) => {
      await client.put(key, { v: contentOf(key) });
    },
    isRetryable,
    giveUpMs: 30_000,
    onProgress: () => undefined,
  });
  expect(result.failed).toBe(0);
}

/** Changes records in the storage of nodes that do not run. */
async function tamper(nodes: readonly string[], change: (storage: Storage) => Promise<void>): Promise<void> {
  for (const name of nodes) {
    const node = deployment.layout.datacenters
      .flatMap((datacenter) => datacenter.nodes)
      .find((one) => one.name === name);
    const storage = await openStorage(node?.data ?? "");
    try {
      await change(storage);
    } finally {
      await storage.close();
    }
  }
}

const placeOf = (key: Key) => ({ slot: slotOf(0, partitionOf(key)), digest: digestOf(key.set, key.key) });

/** Another letter, with a checksum that is right: nothing in the record shows it. */
async function flip(storage: Storage, key: Key): Promise<void> {
  const { slot, digest } = placeOf(key);
  const image = imageAt(storage, key);
  const bins = Buffer.from(image.bins);
  const at = bins.indexOf(contentOf(key));
  expect(at).toBeGreaterThan(0);
  bins.writeUInt8(bins.readUInt8(at) ^ 0x20, at);
  const { generation, lut, sourceId, seen, voidTime, tombstone, setName, userKey, binCount } = image;
  const version = { generation, lut, sourceId, seen, voidTime, tombstone };
  const changed = encodeImage({ ...version, setName, userKey, binCount, bins });
  await storage.write({ records: [{ slot, digest, image: changed }] }, true);
}

function imageAt(storage: Storage, key: Key): RecordImage {
  const { slot, digest } = placeOf(key);
  const bytes = storage.get(slot, digest);
  if (bytes === undefined) throw new Error(`there is no ${key.key}`);
  return new RecordImage(bytes);
}

/** What was deleted is there again, as it was before: the tombstone is gone. */
async function bringBack(storage: Storage, key: Key, like: Key): Promise<void> {
  const { slot, digest } = placeOf(key);
  const tombstone = imageAt(storage, key);
  const { binCount, bins } = imageAt(storage, like);
  expect(tombstone.tombstone).toBe(true);
  const { sourceId, setName, userKey } = tombstone;
  const lut = tombstone.lut - 1n;
  const image = encodeImage({
    ...{ generation: tombstone.generation - 1, lut, sourceId, seen: [{ sourceId, lut }] },
    ...{ voidTime: 0, tombstone: false, setName, userKey, binCount, bins },
  });
  await storage.write({ records: [{ slot, digest, image }] }, true);
}

async function wrong(): Promise<Wronged> {
  const primaries = await primariesOf(deployment.datacenter("dc-a"));
  const [flipped, flippedCopy] = keys.filter((key) => primaryOf(primaries, key) === "a1");
  const [missing, zombie, like] = keys.slice(-3);
  if (!flipped || !flippedCopy || !missing || !zombie || !like) throw new Error("there are enough keys");
  const client = await connectClient(deployment.hosts("dc-a"));
  await untilTrue(`${zombie.key} to be deleted`, { timeoutMs: 60_000 }, async () => {
    await outcomeOf(client.remove(zombie));
    return (await readPatiently(client, zombie)) === undefined;
  });
  expect((await deployment.verify(ARRIVES_S)).verdict).toBe("equal");
  expect((await deployment.meridian("stop")).code).toBe(0);
  await tamper(["a1"], (storage) => flip(storage, flipped));
  await tamper(["a2"], (storage) => flip(storage, flippedCopy));
  await tamper(["b1", "b2"], async (storage) => {
    await storage.write({ records: [{ ...placeOf(missing), image: undefined }] }, true);
    await bringBack(storage, zombie, like);
  });
  await deployment.up();
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
  return { flipped, flippedCopy, missing, zombie };
}

async function verifyOnce(...more: string[]) {
  const args = [
    "verify",
    "--passes",
    "1",
    "--wait",
    String(ARRIVES_S),
    "--certificate",
    certificate,
    "--json",
    ...more,
  ];
  const { code, stdout, stderr } = await deployment.meridian(...args);
  expect(stderr).toBe("");
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => eventSchema.parse(JSON.parse(line)));
  const differences = events.filter((one) => one.event === "difference");
  const passes = events.filter((one) => one.event === "pass").map(({ outcome }) => outcome);
  return { code, differences, passes };
}

test("one pass under writes finds what was changed behind the logs, and repairs it", {
  timeout: 3_600_000,
}, async () => {
  await writeRecords(await connectClient(deployment.hosts("dc-a"), { timeoutMs: 10_000 }));
  const wronged = await wrong();
  const names = [wronged.flipped, wronged.flippedCopy, wronged.missing, wronged.zombie].map(({ key }) => key);
  const [a, b] = await Promise.all(["dc-a", "dc-b"].map((name) => connectClient(deployment.hosts(name))));
  if (a === undefined || b === undefined) throw new Error("two clients were connected");
  expect(await readPatiently(b, wronged.missing)).toBeUndefined();
  expect(await readPatiently(b, wronged.zombie)).toBeDefined();
  const writers = new SharedWriters(
    Array.from({ length: WRITERS }, (_, index) => (index % 2 === 0 ? a : b)),
    200,
  );
  try {
    const told = await verifyOnce("--namespace", "test");
    expect(told.code).toBe(1);
    expect(told.differences.map(({ difference }) => difference.key).sort()).toEqual(names.toSorted());
    expect(told.differences.every(({ repair }) => repair === null)).toBe(true);
    expect(existsSync(certificate)).toBe(false);

    const before = writers.applied;
    const mended = await verifyOnce("--repair");
    expect(mended.differences.map(({ difference }) => difference.key).sort()).toEqual(names.toSorted());
    expect(mended.differences.map(({ repair }) => repair?.done)).toEqual([true, true, true, true]);
    expect(mended.code).toBe(0);
    const [pass] = mended.passes;
    report("a pass under writes that repairs", {
      records: pass?.records ?? Number.NaN,
      seconds: pass?.seconds ?? Number.NaN,
      "writes a second meanwhile": (writers.applied - before) / (pass?.seconds ?? Number.NaN),
    });
    for (const { records, copies, open } of mended.passes) {
      expect(open).toEqual([]);
      // Each datacenter has a second copy of every partition.
      expect(copies).toBe(2 * 4096);
      expect(records).toBeGreaterThan(0);
    }
    const certificates = certificatesSchema.parse(JSON.parse(readFileSync(certificate, "utf8")));
    expect(certificates.map(({ namespace }) => namespace)).toEqual(["test", "gen"]);
    expect(certificates[0]?.datacenters[0]).toMatchObject({ name: "dc-a" });
    expect(certificates[0]?.datacenters[0]?.changes).toBeGreaterThan(RECORDS);

    const again = await verifyOnce("--namespace", "test");
    expect(again).toMatchObject({ code: 0, differences: [] });
  } finally {
    await writers.stop();
  }
  for (const client of [a, b]) {
    for (const key of [wronged.flipped, wronged.flippedCopy, wronged.missing]) {
      expect(await readPatiently(client, key)).toEqual({ v: contentOf(key) });
    }
    expect(await readPatiently(client, wronged.zombie)).toBeUndefined();
  }
  expect((await deployment.verify(ARRIVES_S)).verdict).toBe("equal");
});
