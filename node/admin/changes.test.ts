/**
 * Proves, over the real storage, that exactly the changes which would be shipped are told of a
 * partition, page by page and in order; that what is not committed, or led by somebody else, is not;
 * and that a log which no longer holds all that was asked for says so, unless what is gone was known
 * to be none of ours.
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
      next: z.number(),
      changes: z.array(
        z.object({ sequence: z.number(), kind: z.string(), key: z.string(), image: z.string().optional() }),
      ),
    }),
  ),
});

let folder: string;
let storage: Storage;
let committed: number;
let led: Set<number>;
let coveredTo: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "meridian-changes-"));
  storage = await openStorage(folder);
  committed = Number.POSITIVE_INFINITY;
  led = new Set([PARTITION]);
  coveredTo = 0;
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
    appliedPositions: (slot) => storage.applied(slot),
    coveredFrom: (_, __, base) => (base === 0 ? Math.max(base, coveredTo) : base),
    fence: () => ({
      ...{ node: "a1", nodeId: "A1", order: 0, state: "open" },
      ...{ mapVersion: 0, primaries: 0, waiting: 0, clientWrites: 0 },
      ...{ shutOuts: { order: 0, origins: [] }, unsettled: 0 },
    }),
    map: () => undefined,
    xdr: { report: () => ({ order: 3 }), change: () => Promise.resolve(4) },
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
    const bytes = encodeEntry({
      kind: kind === "barrier" ? EntryKind.barrier : EntryKind.put,
      operation: kind === "expire" ? Operation.expire : Operation.update,
      ...{ partitionId: PARTITION, epoch: 1, sequence },
      ...{ originId: origin, originSequence: origin * sequence, originLogId: origin },
      ...(kind === "barrier" ? {} : { digest: Buffer.alloc(20, sequence), image }),
    });
    await storage.write({ entries: [{ slot: PARTITION, bytes }] }, false);
  }
}

async function ask(query: string): Promise<z.infer<typeof answerSchema>["partitions"]> {
  const answer = await changesRoute(source(), new URLSearchParams(`destination=2&${query}`));
  return answerSchema.parse(JSON.parse(JSON.stringify(answer))).partitions;
}

test("exactly what would be shipped is told, in order", async () => {
  await append("barrier", "put", "remote", "delete", "expire", "put", "remote");
  const [told] = await ask("after=7:0");
  expect(told).toMatchObject({ committed: 7, next: 7, trimmed: false });
  expect(told?.changes).toEqual([
    { sequence: 2, kind: "put", key: "k2" },
    { sequence: 4, kind: "delete", key: "k4" },
    { sequence: 6, kind: "put", key: "k6" },
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

test("a trimmed log says so, unless what is gone was none of ours", async () => {
  await append("put", "remote", "remote", "put");
  await storage.trim({ keepBytes: 0, maxBytes: 1, safe: () => Number.POSITIVE_INFINITY });
  const first = storage.firstSequence(PARTITION);
  expect(first).toBeGreaterThan(1);
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: true, next: 4 });
  expect((await ask(`after=7:${first - 1}`))[0]).toMatchObject({ trimmed: false, next: 4 });
  // All the destination has is position 0, and nothing up to there was to be shipped.
  coveredTo = first - 1;
  expect((await ask("after=7:0"))[0]).toMatchObject({ trimmed: false, next: 4 });
});

test("positions tell what is committed, and what of whom is applied", async () => {
  await append("put", "remote", "put");
  expect(positionsRoute(source(), new URLSearchParams("namespace=test"))).toEqual({
    ...{ node: "a1", mapVersion: 0, logId: 0 },
    partitions: [{ partition: 7, committed: 3, applied: [{ originId: 2, logId: 2, sequence: 4 }] }],
  });
});

test("malformed questions are refused", async () => {
  for (const query of ["", "after=x", "after=4096:0", "after=7:0&limit=0", "after=7:0&limit=501"]) {
    await expect(ask(query)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  const nobody = new URLSearchParams("after=7:0");
  await expect(changesRoute(source(), nobody)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
