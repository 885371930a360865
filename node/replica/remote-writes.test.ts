/**
 * RW1, RW2, RW3, RW4 and RW5 of SPEC.md.
 *
 * Proves of changes that arrive by XDR, over a real replica set and store: whatever is handed in, the
 * records end as the join of all images says, the log tells the origin of each, the position moves
 * with it, duplicates and gaps change nothing, damage is parked, and every change is counted once;
 * nothing of a datacenter that is shut out is applied, and all of it once it is let in.
 */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { systemClock } from "../../common/clock.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { createLogger } from "../../common/log.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { merge } from "../../common/version/order.ts";
import {
  type ClusterMap,
  NO_FENCE,
  NO_SHUT_OUTS,
  type Slot,
  slotPartitionId,
} from "../../proto/cluster-map.ts";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { sampleDigest } from "../../test/conformance/log-samples.ts";
import { MemoryDisk } from "../../test/conformance/memory-engine.ts";
import type { ControlPlane } from "../controller/control-plane.ts";
import type { Storage } from "../store/storage.ts";
import type { ApplyOutcome, RemoteRun, RemoteScanChunk } from "../xdr/remote-apply.ts";
import { ReplicaSet } from "./replica-set.ts";

const LOG_ID = 70;
const SELF = "00000000000000A1";

interface Change {
  readonly key: number;
  readonly writtenBy: number;
  readonly lut: number;
  readonly alsoSeen: readonly { readonly sourceId: number; readonly lut: number }[];
}

/** A datacenter of one node, the only member of its map. */
class Scene {
  readonly storage: Storage;
  readonly set: ReplicaSet;
  /** The slot that is written to now. */
  slot: Slot = 0;
  readonly #control: OneMember;
  readonly #sent = new Map<number, number>();

  constructor(storage: Storage) {
    this.storage = storage;
    const config = parseDatacenterConfig(CONFIG, "test");
    const control = oneMember(config.nodes[0]?.name ?? "");
    this.#control = control;
    this.set = new ReplicaSet({
      onFirstMap: () => undefined,
      config,
      self: SELF,
      boot: 1,
      storage,
      clock: systemClock(0),
      log: createLogger({}, "fatal"),
      control: () => control,
      diskLow: () => false,
      onProxied: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
  }

  static async open(): Promise<Scene> {
    const scene = new Scene(await new MemoryDisk().openStorage());
    await new Promise<void>((resolve) => {
      const last = PARTITION_COUNT - 1;
      scene.set.onPrimaryChanged(() => {
        if (scene.set.isPrimary(last)) resolve();
      });
      scene.set.start();
    });
    return scene;
  }

  /** From now on another slot is written to, which holds nothing. */
  takeFreshSlot(): void {
    this.slot++;
    this.#sent.clear();
  }

  /** The next entries of an origin's log. */
  run(originId: number, changes: readonly Change[]): RemoteRun {
    const from = (this.#sent.get(originId) ?? 0) + 1;
    const entries = changes.map((change, index) => entryOf(this.slot, change, from + index));
    this.#sent.set(originId, from + changes.length - 1);
    return runOf(this.slot, originId, from, entries);
  }

  apply(run: RemoteRun): Promise<ApplyOutcome> {
    // What is handed over is the receiver's: a run that is handed in twice needs its own bytes.
    const bytes = Buffer.from(run.bytes);
    return new Promise((resolve) => this.set.applyRun({ ...run, bytes }, resolve));
  }

  applyChunk(chunk: RemoteScanChunk): Promise<ApplyOutcome> {
    return new Promise((resolve) => this.set.applyScanChunk(chunk, resolve));
  }

  /** Shuts these datacenters out, and no others; resolves when the map is followed. */
  async shutOut(...sourceIds: readonly number[]): Promise<void> {
    const version = (this.set.map?.version ?? 0) + 1;
    const origins = sourceIds.map((sourceId) => ({ sourceId, id: version, sinceMs: 1 }));
    this.#control.tell({ version, shutOuts: { order: version, origins } });
    await vi.waitUntil(() => this.set.map?.version === version, { interval: 1 });
  }

  async close(): Promise<void> {
    await this.set.stop();
    await this.storage.close();
  }
}

const CONFIG = {
  name: "dc",
  "src-id": 1,
  nats: "nats://127.0.0.1:1",
  namespaces: [{ name: "test", "replication-factor": 1 }],
  nodes: [{ name: "n1", data: "unused", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
};

interface OneMember extends ControlPlane {
  tell(change: Partial<ClusterMap>): void;
}

function oneMember(name: string): OneMember {
  const row = { epoch: 1, primary: SELF, inSync: [SELF], assigned: [SELF] };
  const addresses = { service: "127.0.0.1:1", fabric: "127.0.0.1:2", admin: "127.0.0.1:3" };
  const member = { id: SELF, name, rackId: 0, ...addresses, boot: 1, state: "up" as const, changedAt: 0 };
  const rows = Array.from({ length: PARTITION_COUNT }, () => row);
  const map: ClusterMap = {
    version: 1,
    clusterId: "cluster",
    fence: NO_FENCE,
    shutOuts: NO_SHUT_OUTS,
    members: [member],
    namespaces: [{ name: "test", logId: 1, rows }],
  };
  const done = (): Promise<void> => Promise.resolve();
  let tellMap: (told: ClusterMap) => void = () => undefined;
  return {
    start: done,
    onMap: (listener) => {
      tellMap = listener;
      listener(map);
    },
    tell: (change) => tellMap({ ...map, ...change }),
    offerMap: () => undefined,
    requestInSync: () => undefined,
    requestOutOfSync: () => undefined,
    reportLinks: () => undefined,
    leave: done,
    isController: true,
    connected: true,
    stop: done,
  };
}

function imageOf({ key, writtenBy, lut, alsoSeen }: Change): Buffer {
  const own = { sourceId: writtenBy, lut: BigInt(lut) };
  const others = alsoSeen
    .filter((field) => field.sourceId !== writtenBy)
    .map((field) => ({ sourceId: field.sourceId, lut: BigInt(field.lut) }));
  return encodeImage({
    generation: lut,
    lut: own.lut,
    sourceId: writtenBy,
    voidTime: 0,
    tombstone: false,
    seen: [own, ...others].sort((a, b) => a.sourceId - b.sourceId),
    setName: Buffer.alloc(0),
    userKey: Buffer.alloc(0),
    binCount: 0,
    bins: Buffer.from(`value ${key} ${writtenBy} ${lut}`),
  });
}

function entryOf(slot: Slot, change: Change, sequence: number): Buffer {
  return encodeEntry({
    kind: EntryKind.put,
    operation: Operation.update,
    partitionId: slotPartitionId(slot),
    epoch: 9,
    sequence,
    originId: 0,
    originSequence: 0,
    originLogId: 0,
    digest: sampleDigest(slot, change.key),
    changedBins: Buffer.from([1, 98]),
    image: imageOf(change),
  });
}

function runOf(slot: Slot, originId: number, from: number, entries: readonly Buffer[]): RemoteRun {
  const bytes = Buffer.concat([Buffer.from("before"), ...entries]);
  const to = from + entries.length - 1;
  return { slot, originId, originLogId: LOG_ID, from, to, bytes, offset: 6, end: bytes.length };
}

function sumOf(outcome: ApplyOutcome): number {
  return outcome.kind === "applied" ? Object.values(outcome.counts).reduce((sum, one) => sum + one, 0) : -1;
}

const source = fc.constantFrom(2, 3, 4);
const anyChange: fc.Arbitrary<Change> = fc.record({
  key: fc.nat(3),
  writtenBy: source,
  lut: fc.integer({ min: 1, max: 20 }),
  alsoSeen: fc.uniqueArray(fc.record({ sourceId: source, lut: fc.integer({ min: 1, max: 20 }) }), {
    selector: (field) => field.sourceId,
    maxLength: 2,
  }),
});
const anyRuns = fc.array(
  fc.record({
    originId: fc.constantFrom(2, 3),
    changes: fc.array(anyChange, { minLength: 1, maxLength: 5 }),
    repeated: fc.boolean(),
    together: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

test("records end as the join of all that came; log, positions and counts say the same", async () => {
  const scene = await Scene.open();
  const property = fc.asyncProperty(anyRuns, async (runs) => {
    scene.takeFreshSlot();
    const joined = new Map<number, Buffer>();
    const handed = new Map<number, number>();
    let underWay: Promise<ApplyOutcome>[] = [];
    for (const { originId, changes, repeated, together } of runs) {
      const run = scene.run(originId, changes);
      for (const change of changes) joined.set(change.key, joinOf(joined.get(change.key), imageOf(change)));
      handed.set(originId, (handed.get(originId) ?? 0) + changes.length);
      const outcomes = [scene.apply(run), ...(repeated ? [scene.apply(run)] : [])];
      for (const outcome of outcomes) underWay.push(outcome.then((one) => checked(one, run)));
      // Together: the next run meets records that are proposed and not yet on disk.
      if (!together) await Promise.all(underWay.splice(0));
    }
    await Promise.all(underWay);
    underWay = [];
    for (const [key, image] of joined) {
      expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, key))?.toString("hex")).toBe(
        image.toString("hex"),
      );
    }
    const positions = [...handed].map(([originId, sequence]) => ({
      originId,
      originLogId: LOG_ID,
      sequence,
    }));
    const applied = scene.storage.applied(scene.slot);
    expect(applied.toSorted(byOrigin)).toEqual(positions.toSorted(byOrigin));
    await checkLog(scene.storage, scene.slot, joined);
  });
  await fc.assert(property, { numRuns: 200, interruptAfterTimeLimit: 10_000 });
  await scene.close();
});

function checked(outcome: ApplyOutcome, run: RemoteRun): ApplyOutcome {
  expect(outcome).toMatchObject({ kind: "applied", position: run.to });
  expect(sumOf(outcome)).toBe(run.to - run.from + 1);
  return outcome;
}

function byOrigin(a: { originId: number }, b: { originId: number }): number {
  return a.originId - b.originId;
}

/** The oracle: what the order says of two images alone. */
function joinOf(current: Buffer | undefined, incoming: Buffer): Buffer {
  const image = current === undefined ? undefined : new RecordImage(current);
  const { outcome, seen } = merge("last-update-time", image, new RecordImage(incoming));
  const survivor = outcome === "stale" || outcome === "lost" ? image : new RecordImage(incoming);
  return survivor?.withSeen(seen) ?? incoming;
}

/** Entries have right checksums, continue each other, and leave the records as they are. */
async function checkLog(storage: Storage, slot: Slot, joined: ReadonlyMap<number, Buffer>): Promise<void> {
  const last = new Map<string, string>();
  let sequence = 0;
  for (const bytes of await storage.readLog(slot, 1, 1_000_000)) {
    const entry = Entry.checked(bytes);
    expect(entry.sequence).toBe(++sequence);
    expect([entry.epoch, entry.partitionId]).toEqual([1, slotPartitionId(slot)]);
    if (entry.kind !== EntryKind.put) continue;
    expect([2, 3]).toContain(entry.originId);
    expect(entry.originLogId).toBe(LOG_ID);
    RecordImage.checked(entry.imageBytes);
    last.set(entry.digest.toString("hex"), entry.imageBytes.toString("hex"));
  }
  expect(sequence).toBe(storage.lastSequence(slot));
  for (const [key, image] of joined) {
    expect(last.get(sampleDigest(slot, key).toString("hex"))).toBe(image.toString("hex"));
  }
}

const PLAIN: Change = { key: 1, writtenBy: 2, lut: 5, alsoSeen: [] };

test("a hole is refused with the position that is there, and changes nothing", async () => {
  const scene = await Scene.open();
  await scene.apply(scene.run(2, [PLAIN]));
  const late = runOf(scene.slot, 2, 3, [entryOf(scene.slot, { ...PLAIN, key: 2 }, 3)]);
  expect(await scene.apply(late)).toEqual({ kind: "gap", position: 1, originLogId: LOG_ID });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 2))).toBeUndefined();
  await scene.close();
});

test("damaged entries are parked, those before and after them are taken, and the position moves on", async () => {
  const scene = await Scene.open();
  const entries = [1, 2, 3].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
  const [, damaged] = entries;
  damaged?.writeUInt8(damaged.readUInt8(80) ^ 1, 80);
  const outcome = await scene.apply(runOf(scene.slot, 2, 1, entries));
  expect(outcome).toMatchObject({ kind: "applied", position: 3, counts: { applied: 2, parked: 1 } });
  const held = [1, 2, 3].map(
    (key) => scene.storage.get(scene.slot, sampleDigest(scene.slot, key)) !== undefined,
  );
  expect(held).toEqual([true, false, true]);
  expect(scene.set.stats.parked).toBe(1);
  await scene.close();
});

test("what follows a broken length is parked as one", async () => {
  const scene = await Scene.open();
  const entries = [1, 2, 3].map((key) => entryOf(scene.slot, { ...PLAIN, key }, key));
  entries[1]?.writeUInt32LE(1_000_000, 0);
  const outcome = await scene.apply(runOf(scene.slot, 2, 1, entries));
  expect(outcome).toMatchObject({ kind: "applied", position: 3, counts: { applied: 1, parked: 1 } });
  await scene.close();
});

test("nothing of who is shut out is applied, by runs or by a scan; let in, all of it is", async () => {
  const scene = await Scene.open();
  const anySteps = fc.array(
    fc.oneof(
      fc.record({
        originId: fc.constantFrom(2, 3),
        changes: fc.array(anyChange, { minLength: 1, maxLength: 4 }),
      }),
      fc.subarray([2, 3]),
    ),
    { minLength: 2, maxLength: 12 },
  );
  const property = fc.asyncProperty(anySteps, async (steps) => {
    scene.takeFreshSlot();
    await scene.shutOut();
    let out: readonly number[] = [];
    const refused: RemoteRun[] = [];
    const applied = new Map<number, number>();
    for (const step of steps) {
      if ("changes" in step) {
        const { originId, changes } = step;
        const run = scene.run(originId, changes);
        const behind = run.from > (applied.get(originId) ?? 0) + 1;
        const outcome = await scene.apply(run);
        if (out.includes(originId)) expect(outcome).toEqual({ kind: "refused", reason: "shut-out" });
        else expect(outcome.kind).toBe(behind ? "gap" : "applied");
        if (outcome.kind === "applied") applied.set(originId, outcome.position);
        else refused.push(run);
      } else {
        out = step;
        await scene.shutOut(...step);
        expect(scene.set.unsettledByShutOut).toBe(0);
      }
      const positions = scene.set.appliedPositions(scene.slot).toSorted(byOrigin);
      expect(positions.map(({ originId, sequence }) => [originId, sequence])).toEqual(
        [...applied].sort(([a], [b]) => a - b),
      );
    }
    await scene.shutOut();
    for (const run of refused)
      expect(await scene.apply(run)).toMatchObject({ kind: "applied", position: run.to });
  });
  await fc.assert(property, { numRuns: 60, interruptAfterTimeLimit: 10_000 });

  scene.takeFreshSlot();
  await scene.shutOut(2);
  const records = [{ digest: sampleDigest(scene.slot, 1), image: imageOf(PLAIN) }];
  const ids = { originId: 2, originLogId: LOG_ID, scanId: 1 };
  const chunk = { slot: scene.slot, ...ids, chunk: 0, last: true, to: 9, records };
  expect(await scene.applyChunk(chunk)).toEqual({ kind: "refused", reason: "shut-out" });
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 1))).toBeUndefined();
  await scene.shutOut();
  expect(await scene.applyChunk(chunk)).toMatchObject({ kind: "applied", position: 9 });
  await scene.close();
});

test("a change that was taken before is told to be under way until it is committed", async () => {
  const scene = await Scene.open();
  const underWay = scene.apply(scene.run(2, [PLAIN]));
  const taken = scene.shutOut(2);
  expect(await underWay).toMatchObject({ kind: "applied" });
  await taken;
  expect(scene.set.unsettledByShutOut).toBe(0);
  expect(scene.storage.get(scene.slot, sampleDigest(scene.slot, 1))).toBeDefined();
  await scene.close();
});
