/**
 * Proves, over the real storage, that partition digests depend on the records alone (not on the
 * order or way they were written), leave out what has expired by the time asked for, tell tombstones
 * from records, and that the key rows and the record route show the full version. Also that only
 * partitions of which the node is primary are answered for, and that malformed questions are refused.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { datacenterSchema } from "../../common/config.ts";
import { partitionOfDigest, type Slot, slotOf } from "../../proto/cluster-map.ts";
import { digestOf } from "../../proto/digest.ts";
import { encodeImage } from "../../proto/record.ts";
import { openStorage } from "../store/level-storage.ts";
import type { Storage } from "../store/storage.ts";
import { nodeAdminRoutes } from "./admin-routes.ts";
import type { AdminSource } from "./admin-source.ts";
import { code, op, str } from "../../test/expression/expression-bytes.ts";
import { partitionsOfQuery } from "./verify-digest.ts";

const NOW = 500_000_000;
let folder: string;
let storages: Storage[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "meridian-admin-"));
  storages = [];
});
afterEach(async () => {
  for (const storage of storages) await storage.close();
  await rm(folder, { recursive: true });
});

interface Written {
  readonly key: string;
  readonly generation?: number;
  readonly voidTime?: number;
  readonly tombstone?: boolean;
}

/** A node with its own storage, primary of all partitions or of those given. */
async function makeNode(written: readonly Written[], isPrimary: (slot: Slot) => boolean = () => true) {
  const storage = await openStorage(join(folder, String(storages.length)));
  storages.push(storage);
  for (const one of written) {
    const digest = digestOf("demo", one.key);
    const slot = slotOf(0, partitionOfDigest(digest));
    await storage.write({ records: [{ slot, digest, image: imageOf(one) }] }, false);
  }
  const { namespaces } = datacenterSchema.parse({
    name: "dc-a",
    "src-id": 1,
    nats: "nats://127.0.0.1:1",
    namespaces: [{ name: "test" }, { name: "gen" }],
    nodes: [{ name: "a1", data: folder, "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
  });
  const none = { clientWrites: 0, clientReads: 0, inDoubt: 0, refused: 0, applied: 0 };
  const source: AdminSource = {
    name: "a1",
    nodeId: "A1",
    datacenter: "dc-a",
    sourceId: 1,
    namespaces,
    storage,
    isPrimary,
    leads: isPrimary,
    committedSequence: (slot) => storage.lastSequence(slot),
    destinations: () => [],
    shipped: () => 0,
    appliedPositions: (slot) =>
      storage.applied(slot).map(({ ledger, ...position }) => ({ ...position, changes: ledger.changes })),
    fence: () => ({
      ...{ node: "a1", nodeId: "A1", order: 0, state: "open" },
      ...{ mapVersion: 0, primaries: 0, waiting: 0, clientWrites: 0 },
      ...{ shutOuts: { order: 0, origins: [] }, unsettled: 0 },
    }),
    map: () => undefined,
    xdr: { report: () => ({ order: 3 }), change: () => Promise.resolve(4) },
    feeds: { report: () => ({ order: 5 }), change: () => Promise.resolve(6) },
    shiftClock: () => undefined,
    counters: () => ({ ...none, superseded: 0, conflictWon: 0, conflictLost: 0, duplicate: 0, parked: 0 }),
    write: () => undefined,
    retryParked: () => Promise.reject(new Error("no replica here")),
    isController: () => false,
    natsConnected: () => true,
    nowVoidTime: () => NOW,
    monotonicMs: () => performance.now(),
  };
  const routes = nodeAdminRoutes(source);
  return async <Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> => {
    const url = new URL(path, "http://node");
    const answer = await routes[url.pathname]?.(url.searchParams);
    return schema.parse(JSON.parse(JSON.stringify(answer)));
  };
}

function imageOf({ key, generation = 1, voidTime = 0, tombstone = false }: Written): Buffer {
  return encodeImage({
    generation,
    lut: 117_660_975_931_523_072n,
    sourceId: 1,
    voidTime,
    tombstone,
    seen: [{ sourceId: 1, lut: 117_660_975_931_523_072n }],
    setName: Buffer.from("demo"),
    userKey: Buffer.concat([Buffer.from([3]), Buffer.from(key)]),
    binCount: 0,
    bins: Buffer.alloc(0),
  });
}

const digestsSchema = z.object({
  partitions: z.array(
    z.object({
      partition: z.number(),
      live: z.string(),
      all: z.string(),
      records: z.number(),
      tombstones: z.number(),
    }),
  ),
});

async function digestsOf(written: readonly Written[], query = "") {
  const ask = await makeNode(written);
  return (await ask(`/verify?namespace=test${query}`, digestsSchema)).partitions;
}

const MANY: Written[] = Array.from({ length: 300 }, (_, index) => ({ key: `key-${index}` }));

test("equal records have equal digests, whatever the way to them", async () => {
  const once = await digestsOf(MANY);
  const rewritten = await digestsOf([
    ...MANY.toReversed().map((one) => ({ ...one, generation: 7 })),
    ...MANY.toReversed(),
  ]);
  expect(once).toHaveLength(4096);
  expect(once.reduce((total, { records }) => total + records, 0)).toBe(300);
  expect(rewritten).toEqual(once);
});

test("another version of one record changes its partition's digest and no other", async () => {
  const changed = await digestsOf([...MANY, { key: "key-7", generation: 2 }]);
  const differing = (await digestsOf(MANY)).filter(({ live }, index) => live !== changed[index]?.live);
  expect(differing.map(({ partition }) => partition)).toEqual([partitionOfDigest(digestOf("demo", "key-7"))]);
});

test("a tombstone changes only the hash over all; what expired counts nowhere", async () => {
  const partition = partitionOfDigest(digestOf("demo", "ada"));
  const at = async (written: readonly Written[], query = "") =>
    (await digestsOf(written, `&partitions=${partition}${query}`))[0];
  const empty = await at([]);
  const dead = await at([{ key: "ada", tombstone: true }]);
  expect(dead).toMatchObject({ live: empty?.live, records: 0, tombstones: 1 });
  expect(dead?.all).not.toBe(empty?.all);
  expect(await at([{ key: "ada", voidTime: NOW }])).toEqual(empty);
  expect(await at([{ key: "ada", voidTime: NOW + 1 }])).toMatchObject({ records: 1 });
  expect(await at([{ key: "ada", voidTime: NOW + 1 }], `&asOf=${NOW + 1}`)).toEqual(empty);
});

test("of what does not pass a filter, digests are silent, and keys say so", async () => {
  const filter = { expressions: [op(1, op(80, code(3)), str("ada")).toString("base64")] };
  const query = `&sets=${encodeURIComponent(JSON.stringify(filter))}`;
  const written = [{ key: "ada" }, { key: "bob" }, { key: "eve", tombstone: true }];
  expect(await digestsOf(written, query)).toEqual(await digestsOf([{ key: "ada" }]));
  const ask = await makeNode(written);
  const row = z.object({ key: z.string(), unjudged: z.boolean().optional() });
  const rowsOf = async (key: string) => {
    const path = `/verify-keys?namespace=test&partition=${partitionOfDigest(digestOf("demo", key))}${query}`;
    return (await ask(path, z.object({ rows: z.array(row) }))).rows;
  };
  expect([await rowsOf("ada"), await rowsOf("bob")]).toEqual([
    [{ key: "ada" }],
    [{ key: "bob", unjudged: true }],
  ]);
  const broken = encodeURIComponent(JSON.stringify({ expressions: ["kwGT"] }));
  await expect(ask(`/verify?sets=${broken}`, z.unknown())).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("only partitions the node is primary of are answered for", async () => {
  const ask = await makeNode(MANY, (slot) => slot < 10);
  const { partitions } = await ask("/verify?namespace=test", digestsSchema);
  expect(partitions.map(({ partition }) => partition)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await expect(ask("/verify-keys?namespace=test&partition=10", z.unknown())).rejects.toMatchObject({
    code: "NOT_PRIMARY",
  });
});

test("key rows show the version, and go on after a digest", async () => {
  const ask = await makeNode([{ key: "ada", generation: 3, tombstone: true }]);
  const digest = digestOf("demo", "ada").toString("hex");
  const path = `/verify-keys?namespace=test&partition=${partitionOfDigest(digestOf("demo", "ada"))}`;
  const rows = z.object({ rows: z.array(z.record(z.string(), z.unknown())), truncated: z.boolean() });
  expect(await ask(path, rows)).toMatchObject({
    truncated: false,
    rows: [
      {
        digest,
        set: "demo",
        key: "ada",
        generation: 3,
        lut: "117660975931523072",
        lutIso: "2026-11-22T16:13:32.627Z",
        sourceId: 1,
        tombstone: true,
      },
    ],
  });
  expect((await ask(`${path}&after=${digest}`, rows)).rows).toEqual([]);
});

test("the record route finds a record by key or digest", async () => {
  const ask = await makeNode([{ key: "ada", generation: 3 }]);
  const answer = z.object({
    isPrimary: z.boolean(),
    record: z.object({ generation: z.number() }).nullable(),
  });
  const found = { isPrimary: true, record: { generation: 3 } };
  expect(await ask("/record?namespace=test&set=demo&key=ada", answer)).toEqual(found);
  expect(await ask(`/record?digest=${digestOf("demo", "ada").toString("hex")}`, answer)).toEqual(found);
  expect(await ask("/record?namespace=gen&set=demo&key=ada", answer)).toEqual({
    isPrimary: true,
    record: null,
  });
  await expect(ask("/record?namespace=none&key=ada", answer)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(ask("/record?digest=xyz", answer)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a node without a map says so in its status", async () => {
  const ask = await makeNode([{ key: "ada" }]);
  const status = await ask("/status", z.object({ namespaces: z.array(z.record(z.string(), z.unknown())) }));
  expect(status.namespaces[0]).toMatchObject({
    name: "test",
    records: 1,
    primaries: 4096,
    unavailable: 4096,
  });
});

test("partitions are given as numbers and ranges within bounds", () => {
  expect(partitionsOfQuery("3-5,9,4")).toEqual([3, 4, 5, 9]);
  expect(partitionsOfQuery(null)).toHaveLength(4096);
  for (const bad of ["", "4096", "5-3", "-1", "1,x"])
    expect(() => partitionsOfQuery(bad)).toThrow("no partition");
});
