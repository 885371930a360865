/**
 * Proves, over the real storage, that exactly the changes which would be shipped are told of a
 * partition, page by page and in order; that what is not committed, or led by somebody else, is not;
 * and that a log which no longer holds all that was asked for says so, and how many changes it has had
 * before the next one that it holds.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { datacenterSchema } from "../../common/config.ts";
import { EntryKind, encodeEntry, Operation } from "../../proto/entry.ts";
import { encodeImage } from "../../proto/record.ts";
import { openStorage } from "../store/level-storage.ts";
import type { Storage } from "../store/storage.ts";
import type { AdminSource } from "./admin-source.ts";
import { changesRoute, positionsRoute } from "./changes.ts";

const PARTITION = 7;
const LUT = 117_660_975_931_523_072n;

const answerSchema = z.object({
  partitions: z.array(
    z.object({
      partition: z.number(),
      committed: z.number(),
      trimmed: z.boolean(),
      nextNumber: z.number().nullable(),
      next: z.number(),
      changes: z.array(
        z.object({
          sequence: z.number(),
          number: z.number(),
          kind: z.string(),
          key: z.string(),
          image: z.string().optional(),
        }),
      ),
    }),
  ),
});

let folder: string;
let storage: Storage;
let committed: number;
let led: Set<number>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "meridian-changes-"));
  storage = await openStorage(folder);
  committed = Number.POSITIVE_INFINITY;
  led = new Set([PARTITION]);
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

function source(): AdminSource {
  const { namespaces } = datacenterSchema.parse({
    name: "dc-a",
    "src-id": 1,
    nats: "nats://127.0.0.1:1",
    namespaces: [{ name: "test" }],
    nodes: [{ name: "a1", data: folder, "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
  });
  const none = { clientWrites: 0, clientReads: 0, inDoubt: 0, refused: 0, applied: 0 };
  return {
    ...{ name: "a1", nodeId: "A1", datacenter: "dc-a", sourceId: 1, namespaces, storage },
    isPrimary: () => true,
    leads: (slot) => led.has(slot),
    committedSequence: (slot) => Math.min(committed, storage.lastSequence(slot)),
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
    nowVoidTime: () => 0,
    monotonicMs: () => performance.now(),
  };
}

type Kind = "put" | "delete" | "remote" | "expire" | "barrier";

/** Appends one entry a kind, each in a block of its own. */
async function append(...kinds: readonly Kind[]): Promise<void> {
  for (const kind of kinds) {
    const sequence = storage.lastSequence(PARTITION) + 1;
    const image = encodeImage({
      ...{ generation: 1, lut: LUT, sourceId: 1, voidTime: 0, tombstone: kind === "delete" },
      seen: [{ sourceId: 1, lut: LUT }],
      setName: Buffer.from("demo"),
      userKey: Buffer.concat([Buffer.from([3]), Buffer.from(`k${sequence}`)]),
      ...{ binCount: 0, bins: Buffer.alloc(0) },
    });
    const origin = kind === "remote" ? 2 : 0;
    const isChange = kind === "put" || kind === "delete";
    const number = isChange ? storage.changes(PARTITION) + 1 : 0;
    const bytes = encodeEntry({
      kind: kind === "barrier" ? EntryKind.barrier : EntryKind.put,
      operation: kind === "expire" ? Operation.expire : Operation.update,
      ...{ partitionId: PARTITION, epoch: 1, sequence },
      ...{ originId: origin, originSequence: number + origin * sequence, originLogId: origin },
      ...(kind === "barrier" ? {} : { digest: Buffer.alloc(20, sequence), image }),
    });
    await storage.write({ entries: [{ slot: PARTITION, bytes }] }, false);
  }
}

/** Frees the blocks of the entries before `sequence`. */
async function trimTo(sequence: number): Promise<void> {
  await storage.trim({ keepBytes: 0, maxBytes: 1 << 30, safe: () => sequence - 1 });
  expect(storage.firstSequence(PARTITION)).toBe(sequence);
}

async function ask(query: string): Promise<z.infer<typeof answerSchema>["partitions"]> {
  const answer = await changesRoute(source(), new URLSearchParams(query));
  return answerSchema.parse(JSON.parse(JSON.stringify(answer))).partitions;
}

test("exactly what would be shipped is told, in order", async () => {
  await append("barrier", "put", "remote", "delete", "expire", "put", "remote");
  const [told] = await ask("after=7:0");
  expect(told).toMatchObject({ committed: 7, next: 7, trimmed: false });
  expect(told?.changes).toEqual([
    { sequence: 2, number: 1, kind: "put", key: "k2" },
    { sequence: 4, number: 2, kind: "delete", key: "k4" },
    { sequence: 6, number: 3, kind: "put", key: "k6" },
  ]);
  expect((await ask("after=7:4"))[0]?.changes.map(({ sequence }) => sequence)).toEqual([6]);
  expect((await ask("after=7:6"))[0]).toMatchObject({ next: 7, changes: [] });
  const [withImage] = (await ask("after=7:4&images=true"))[0]?.changes ?? [];
  expect(Buffer.from(withImage?.image ?? "", "base64").length).toBeGreaterThan(20);
});

test("pages go on where the last one ended", async () => {
  await append("put", "remote", "put", "put", "barrier", "put");
  const seen: number[] = [];
  let after = 0;
  for (let page = 0; page < 10 && after < 6; page++) {
    const [told] = await ask(`after=7:${after}&limit=1`);
    expect(told?.changes.length).toBeLessThanOrEqual(1);
    seen.push(...(told?.changes ?? []).map(({ sequence }) => sequence));
    after = told?.next ?? 6;
  }
  expect(seen).toEqual([1, 3, 4, 6]);
});

test("what is not committed, and what others lead, is not told", async () => {
  await append("put", "put", "put");
  committed = 2;
  const [told] = await ask("after=7:0,8:0");
  expect(told).toMatchObject({ committed: 2, next: 2 });
  expect(told?.changes.map(({ sequence }) => sequence)).toEqual([1, 2]);
  led.clear();
  expect(await ask("after=7:0")).toEqual([]);
  expect(positionsRoute(source(), new URLSearchParams())).toMatchObject({ partitions: [] });
});

test("a trimmed log says so, and the number of the first change that is left or will be made", async () => {
  await append("put", "remote", "put", "remote", "remote", "put");
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: false, nextNumber: 1 });
  expect((await ask("after=7:1"))[0]).toMatchObject({ trimmed: false, nextNumber: 2 });
  await trimTo(4);
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: true, nextNumber: 3, next: 6 });
  expect((await ask("after=7:3"))[0]).toMatchObject({ trimmed: false, nextNumber: 3, next: 6 });
  // A change that is not committed is not told; its number is.
  committed = 5;
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: true, nextNumber: 3, next: 5, changes: [] });
  // Nor does it need to be met: the log says how many it has had.
  await append("remote", "remote");
  await trimTo(7);
  committed = 6;
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: true, nextNumber: 4, next: 6, changes: [] });
  committed = Number.POSITIVE_INFINITY;
  await trimTo(9);
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: true, nextNumber: 4, next: 8, changes: [] });
});

test("a number that was not met in what was looked at is not told", async () => {
  await append("put", "remote", "remote", "put");
  const readLog = storage.readLog.bind(storage);
  storage.readLog = async (slot, from, bytes) => (await readLog(slot, from, bytes)).slice(0, 1);
  expect((await ask("after=7:1"))[0]).toMatchObject({ trimmed: false, nextNumber: null, next: 2 });
  expect((await ask("after=7:3"))[0]).toMatchObject({ trimmed: false, nextNumber: 2, next: 4 });
});

test("positions tell what is committed, and what of whom is applied", async () => {
  await append("put", "remote", "put");
  expect(positionsRoute(source(), new URLSearchParams("namespace=test"))).toEqual({
    ...{ node: "a1", mapVersion: 0, logId: 0 },
    partitions: [
      {
        partition: 7,
        committed: 3,
        changes: 2,
        applied: [{ originId: 2, logId: 2, sequence: 4, changes: 0 }],
      },
    ],
  });
});

test("malformed questions are refused", async () => {
  for (const query of ["", "after=x", "after=4096:0", "after=7:0&limit=0", "after=7:0&limit=501"]) {
    await expect(ask(query)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
});
