/**
 * RW6. Proves of a namespace with `conflict-resolve-writes`, over real replica sets and stores of three
 * datacenters: whatever clients write where, and in whatever pieces and repetitions changes and scans arrive,
 * they end with equal bytes; every change is accounted for; and changes of different bins are no
 * conflict. An image with stamps is parked by a datacenter that does not merge by bins.
 */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { systemClock } from "../../common/clock.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { createLogger } from "../../common/log.ts";
import { isShippable } from "../../node/change-log/change-tail.ts";
import type { Evaluation, WriteOutcome } from "../../node/records.ts";
import { ReplicaSet } from "../../node/replica/replica-set.ts";
import type { Storage } from "../../node/store/storage.ts";
import { ClockSkews } from "../../node/xdr/clock-skews.ts";
import type { ApplyOutcome } from "../../node/xdr/remote-apply.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry, Operation } from "../../proto/entry.ts";
import { unaccountedOf } from "../../proto/ledger.ts";
import { conflictOf, NoteType, parkedOf } from "../../proto/note.ts";
import { RecordImage } from "../../proto/record.ts";
import { binsByName, encodeNames } from "../../proto/record-bins.ts";
import { sampleDigest } from "../conformance/log-samples.ts";
import { MemoryDisk } from "../conformance/memory-engine.ts";
import { type Bins, binOf, valuesOf } from "../version/bin-datacenter.ts";
import { oneMember, SELF } from "./one-member.ts";

const NOTHING = Buffer.alloc(0);

class Site {
  readonly sourceId: number;
  readonly storage: Storage;
  readonly set: ReplicaSet;

  private constructor(sourceId: number, storage: Storage, byBins: boolean) {
    this.sourceId = sourceId;
    this.storage = storage;
    const name = `n${sourceId}`;
    const config = parseDatacenterConfig(
      {
        ...{ name: `dc${sourceId}`, "src-id": sourceId, nats: "nats://127.0.0.1:1" },
        namespaces: [{ name: "test", "replication-factor": 1, "conflict-resolve-writes": byBins }],
        nodes: [{ name, data: "unused", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
      },
      "test",
    );
    const control = oneMember(name);
    this.set = new ReplicaSet({
      ...{ config, self: SELF, boot: 1, storage, clock: systemClock(0), control: () => control },
      ...{ skews: new ClockSkews(sourceId, 0, () => 0), log: createLogger({}, "fatal") },
      ...{ onFirstMap: () => undefined, onProxied: () => undefined, diskLow: () => false },
      onFailure: (error) => {
        throw error;
      },
    });
  }

  static async open(sourceId: number, byBins = true): Promise<Site> {
    const site = new Site(sourceId, await new MemoryDisk().openStorage(), byBins);
    site.set.start();
    await vi.waitUntil(() => site.set.isPrimary(PARTITION_COUNT - 1), { interval: 1, timeout: 30_000 });
    return site;
  }

  image(slot: Slot, key: number): Buffer | undefined {
    return this.storage.get(slot, sampleDigest(slot, key));
  }

  values(slot: Slot, key: number): Record<string, number> | undefined {
    const bytes = this.image(slot, key);
    return valuesOf(bytes === undefined ? undefined : new RecordImage(bytes));
  }

  /** A client's write of bins (null deletes one), or with none a delete of the record. */
  write(slot: Slot, key: number, bins: Bins): Promise<WriteOutcome> {
    const evaluate = (current: RecordImage | undefined): Evaluation => {
      const isDelete = Object.keys(bins).length === 0;
      const live =
        isDelete || !current ? new Map<string, Buffer>() : binsByName(current.bins, current.binCount);
      for (const [name, value] of Object.entries(bins)) {
        if (value === null) live.delete(name);
        else live.set(name, binOf(name, value));
      }
      const tombstone = live.size === 0;
      return {
        ...{ write: true, operation: tombstone ? Operation.delete : Operation.update, tombstone },
        ...{ setName: NOTHING, userKey: NOTHING, voidTime: 0, isWhole: isDelete },
        ...{ binCount: live.size, bins: Buffer.concat([...live.values()]) },
        changedBins: encodeNames(Object.keys(bins)),
      };
    };
    const digest = sampleDigest(slot, key);
    return new Promise((complete) => this.set.write({ slot, digest, evaluate, complete }));
  }

  /** Hands what `origin` wrote from `from` to `to` of its log to this datacenter. */
  async take(origin: Site, slot: Slot, from: number, to: number): Promise<ApplyOutcome> {
    const read = await origin.storage.readLog(slot, from, 1_000_000);
    const wanted = read.filter((bytes) => {
      const { kind, originId, operation, sequence } = new Entry(bytes);
      return sequence <= to && isShippable(kind, originId, operation);
    });
    const bytes = Buffer.concat(wanted);
    const run = { slot, originId: origin.sourceId, originLogId: 1, from, to, bytes, offset: 0 };
    return await new Promise((resolve) => this.set.applyRun({ ...run, end: bytes.length }, resolve));
  }

  /** Hands all records of `origin` to this datacenter, merged ones and tombstones among them. */
  async takeScan(origin: Site, slot: Slot, scanId: number): Promise<ApplyOutcome> {
    const records = KEYS.flatMap((key) => {
      const image = origin.image(slot, key);
      return image === undefined ? [] : [{ digest: sampleDigest(slot, key), image: Buffer.from(image) }];
    });
    const to = origin.storage.lastSequence(slot);
    const chunk = {
      slot,
      originId: origin.sourceId,
      originLogId: 1,
      scanId,
      chunk: 0,
      last: true,
      to,
      base: 0,
      records,
    };
    const changes = origin.storage.changes(slot);
    return await new Promise((resolve) => this.set.applyScanChunk({ ...chunk, changes }, resolve));
  }

  position(originId: number, slot: Slot): number {
    return this.storage.applied(slot).find((one) => one.originId === originId)?.sequence ?? 0;
  }

  conflicts(slot: Slot): Entry[] {
    return this.storage.notes(slot).flatMap(({ type, sequence }) => {
      const bytes = type === NoteType.conflict ? this.storage.note(slot, sequence) : undefined;
      return bytes === undefined ? [] : [new Entry(bytes)];
    });
  }

  async close(): Promise<void> {
    await this.set.stop();
    await this.storage.close();
  }
}

const KEYS = [0, 1];
const site = fc.nat({ max: 2 });
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: fc.constant("write" as const), at: site, key: fc.constantFrom(...KEYS) },
      bins: fc.dictionary(fc.constantFrom("a", "b", "c"), fc.option(fc.nat(9), { freq: 4 }), { maxKeys: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constant("take" as const), at: site, from: site },
      ...{ count: fc.integer({ min: 1, max: 3 }), again: fc.boolean() },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("scan" as const), at: site, from: site }) },
);

test("datacenters end equal byte for byte, and every change is accounted for", async () => {
  const sites = await Promise.all([1, 2, 3].map((sourceId) => Site.open(sourceId)));
  const siteAt = (index: number): Site => {
    const found = sites[index];
    if (found === undefined) throw new Error("no such site");
    return found;
  };
  let slot = 0;
  let scans = 0;
  const steps = fc.array(anyStep, { minLength: 1, maxLength: 30, size: "max" });
  const property = fc.asyncProperty(steps, async (schedule) => {
    slot++;
    for (const step of schedule) {
      const here = siteAt(step.at);
      if (step.kind === "write") {
        expect((await here.write(slot, step.key, step.bins)).kind).toBe("applied");
        continue;
      }
      const origin = siteAt(step.from);
      if (origin === here) continue;
      if (step.kind === "scan") {
        expect((await here.takeScan(origin, slot, ++scans)).kind).toBe("applied");
        continue;
      }
      const done = here.position(origin.sourceId, slot);
      const to = Math.min(origin.storage.lastSequence(slot), done + step.count);
      if (to > done) await here.take(origin, slot, step.again ? 1 : done + 1, to);
    }
    for (const here of sites) {
      for (const origin of sites) {
        const done = here.position(origin.sourceId, slot);
        const last = origin.storage.lastSequence(slot);
        if (origin !== here && last > done) await here.take(origin, slot, done + 1, last);
      }
      for (const { ledger } of here.storage.applied(slot)) expect(unaccountedOf(ledger)).toBe(0);
    }
    for (const key of KEYS) {
      const bytes = new Set(sites.map((here) => here.image(slot, key)?.toString("hex")));
      expect(bytes.size).toBe(1);
    }
  });
  await fc.assert(property, { numRuns: 150, interruptAfterTimeLimit: 10_000 });
  await Promise.all(sites.map((here) => here.close()));
});

test("different bins are merged without a note, one bin with a note of what was lost", async () => {
  const [one, other] = [await Site.open(1), await Site.open(2)];
  await one.write(5, 0, { a: 1, b: 1 });
  await other.take(one, 5, 1, one.storage.lastSequence(5));
  await one.write(5, 0, { a: 2 });
  await other.write(5, 0, { b: 2, c: 2 });
  const before = other.storage.lastSequence(5);
  const taken = await other.take(one, 5, other.position(1, 5) + 1, one.storage.lastSequence(5));
  expect(taken).toMatchObject({ kind: "applied", counts: { applied: 1, conflictWon: 0, conflictLost: 0 } });
  const [entry] = (await other.storage.readLog(5, before + 1, 10_000)).map((bytes) => new Entry(bytes));
  expect(entry).toMatchObject({ operation: Operation.merge, changedBins: encodeNames(["a"]) });
  expect(other.conflicts(5)).toHaveLength(0);
  await one.take(other, 5, 1, other.storage.lastSequence(5));
  expect(one.values(5, 0)).toEqual({ a: 2, b: 2, c: 2 });
  expect(one.image(5, 0)?.equals(other.image(5, 0) ?? NOTHING)).toBe(true);

  await one.write(5, 0, { a: 3, d: 3 });
  await other.write(5, 0, { a: 4 });
  await other.take(one, 5, other.position(1, 5) + 1, one.storage.lastSequence(5));
  const note = other.conflicts(5)[0];
  if (note === undefined) throw new Error("no note");
  expect(conflictOf(note)).toMatchObject({ bins: ["a"], originId: 1 });
  expect(other.values(5, 0)).toMatchObject({ b: 2, c: 2, d: 3 });
  await Promise.all([one.close(), other.close()]);
});

test("who does not merge by bins parks images with stamps, and says why", async () => {
  const [one, plain] = [await Site.open(1), await Site.open(2, false)];
  await one.write(5, 0, { a: 1 });
  const taken = await plain.take(one, 5, 1, one.storage.lastSequence(5));
  expect(taken).toMatchObject({ kind: "applied", counts: { parked: 1 } });
  const [note] = plain.storage.notes(5);
  const bytes = plain.storage.note(5, note?.sequence ?? 0);
  if (bytes === undefined) throw new Error("no note");
  expect(parkedOf(new Entry(bytes)).reason).toContain("conflict-resolve-writes is off");
  // The other way round an image without stamps is merged as a whole version.
  await plain.write(6, 0, { a: 1 });
  await one.take(plain, 6, 1, plain.storage.lastSequence(6));
  await one.write(6, 0, { b: 2 });
  expect(one.values(6, 0)).toEqual({ a: 1, b: 2 });
  await Promise.all([one.close(), plain.close()]);
});
