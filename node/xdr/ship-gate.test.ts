/**
 * Proves what may leave by the settings: sets and bins, for changes and for scans alike; a pace that a tail
 * has its part of; a delay that no clock makes longer; a pause that nothing passes; and of others' changes
 * those that may be missing at the destination.
 */
import { expect, test } from "vitest";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type ShipSettings, shipSettingsSchema } from "../../common/xdr/xdr-settings.ts";
import { slotOf } from "../../proto/cluster-map.ts";
import { encodeEntry, Entry, EntryKind, type EntryParts, Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { binRecordOf } from "../../proto/record-bins.ts";
import { bin as exprBin, int as exprInt, op } from "../../test/expression/expression-bytes.ts";
import { BinDatacenter } from "../../test/version/bin-datacenter.ts";
import { bin, int } from "../../test/xdr/change-samples.ts";
import type { Verdict } from "../change-log/change-tail.ts";
import { ShipGate } from "./ship-gate.ts";

const SLOT = slotOf(0, 7);
const DIGEST = Buffer.alloc(20, 5);
const WALL = 1_800_000_000_000;

function settings(given: Partial<ShipSettings>): ShipSettings {
  return shipSettingsSchema.parse(given);
}

/** A record with the bin n, or a tombstone. */
function recordOf(set: string, n: number | "deleted"): Buffer {
  const bins = n === "deleted" ? [] : [bin("n", 1, int(BigInt(n)))];
  return encodeImage({
    ...{ generation: 1, lut: 1n, sourceId: 1, voidTime: 0, tombstone: n === "deleted", seen: [] },
    ...{
      setName: Buffer.from(set),
      userKey: Buffer.alloc(0),
      binCount: bins.length,
      bins: Buffer.concat(bins),
    },
  });
}

function imageOf(set: string, writtenMs: number, sourceId = 1): Buffer {
  const lut = BigInt(writtenMs) << 16n;
  return encodeImage({
    ...{ generation: 1, lut, sourceId, voidTime: 0, tombstone: false, binCount: 0 },
    ...{
      seen: [{ sourceId, lut }],
      setName: Buffer.from(set),
      userKey: Buffer.alloc(3),
      bins: Buffer.alloc(9),
    },
  });
}

function entryOf(image: Buffer, more: Partial<EntryParts> = {}): Buffer {
  return encodeEntry({
    ...{ kind: EntryKind.put, operation: Operation.insert, partitionId: 7, epoch: 1, sequence: 1 },
    ...{ originId: 0, originSequence: 1, originLogId: 0, changedBins: Buffer.from([1, 98]) },
    digest: DIGEST,
    image,
    ...more,
  });
}

/** A gate for two namespaces, all of whose partitions are followed, at a time that the test tells. */
class Scene {
  now = 1000;
  filtered = 0;
  readonly gate: ShipGate;

  constructor(...given: readonly Partial<ShipSettings>[]) {
    this.gate = new ShipGate({
      destinationId: 2,
      wallMs: () => WALL + this.now,
      monotonicMs: () => this.now,
      settings: given.map(settings),
      onFiltered: (changes) => {
        this.filtered += changes;
      },
    });
    this.gate.follow(given.map(() => PARTITION_COUNT));
  }

  judge(set: string, { slot = SLOT, sequence = 1, writtenMs = 0, from = {} } = {}): Verdict {
    return this.judgeImage(imageOf(set, writtenMs), slot, sequence, from);
  }

  judgeImage(image: Buffer, slot = SLOT, sequence = 1, from: Partial<EntryParts> = {}): Verdict {
    return this.gate.judge(slot, sequence, Buffer.concat([Buffer.alloc(5), entryOf(image, from)]), 5);
  }
}

test("sets that are ignored, or not specified, are filtered, of changes and of scans alike", () => {
  const rows: [given: Partial<ShipSettings>, shipped: string[]][] = [
    [{}, ["", "a", "b", "c"]],
    [{ "ignore-set": ["a", "c"] }, ["", "b"]],
    [{ "ship-only-specified-sets": true, "ship-set": ["a", "b"] }, ["a", "b"]],
    [{ "ship-set": ["a"] }, ["", "a", "b", "c"]],
  ];
  for (const [given, shipped] of rows) {
    const scene = new Scene(given);
    const all = ["", "a", "b", "c"];
    expect(all.filter((set) => scene.judge(set) === "ship")).toEqual(shipped);
    expect(scene.filtered).toBe(all.length - shipped.length);
    const scanned = scene.gate.scanned(
      SLOT,
      all.map((set) => ({ set, digest: DIGEST, image: imageOf(set, 0) })),
    );
    expect(scanned.map(({ set }) => set)).toEqual(shipped);
  }
});

test("of shipped sets what passes the filter is shipped, of changes and of scans alike", () => {
  const above = op(3, exprBin("int", "n"), exprInt(5));
  const rows: [given: Partial<ShipSettings>, shipped: number[]][] = [
    [{ filter: "" }, [0, 1, 2, 3, 4]],
    // Of a tombstone nothing is known but what it is.
    [{ filter: above.toString("base64") }, [0, 3]],
    [{ filter: op(18, above).toString("base64") }, [1]],
    [{ filter: op(17, above, op(72)).toString("base64") }, [0, 2, 3]],
    [{ filter: op(17, above, op(72)).toString("base64"), "ignore-set": ["b"] }, [0, 2]],
    [{ filter: op(1, op(64, exprInt(2)), exprInt(0x05050505 % 2)).toString("base64") }, [0, 1, 2, 3, 4]],
  ];
  const images: Parameters<typeof recordOf>[] = [
    ["a", 6],
    ["a", 5],
    ["a", "deleted"],
    ["b", 9],
  ];
  const all = [...images.map((image) => recordOf(...image)), imageOf("a", 0)];
  for (const [given, shipped] of rows) {
    const scene = new Scene(given);
    expect(all.flatMap((image, index) => (scene.judgeImage(image) === "ship" ? [index] : []))).toEqual(
      shipped,
    );
    expect(scene.filtered).toBe(all.length - shipped.length);
    const scanned = scene.gate.scanned(
      SLOT,
      all.map((image, index) => ({ index, digest: DIGEST, image })),
    );
    expect(scanned.map(({ index }) => index)).toEqual(shipped);
  }
  const changed = new Scene({ filter: above.toString("base64") });
  const [passing = Buffer.alloc(0)] = all;
  expect(changed.judgeImage(passing)).toBe("ship");
  changed.gate.configure([settings({ filter: op(18, above).toString("base64") })]);
  expect(changed.judgeImage(passing)).toBe("filtered");
});

test("nothing leaves while shipping is paused, and all of it after; other namespaces go on", () => {
  const scene = new Scene({ "max-throughput": 0, "ignore-set": ["a"] }, {});
  expect([scene.judge(""), scene.judge("a")]).toEqual(["later", "later"]);
  expect(scene.judge("", { slot: slotOf(1, 7) })).toBe("ship");
  expect([scene.gate.due(), scene.gate.isHolding, scene.gate.mayScan(SLOT)]).toEqual([[], false, false]);
  scene.gate.configure([settings({ "ignore-set": ["a"] }), settings({})]);
  scene.now += 100;
  expect(scene.gate.isHolding).toBe(true);
  expect([scene.gate.due(), scene.gate.isHolding]).toEqual([[SLOT], false]);
  expect([scene.judge("a"), scene.judge("")]).toEqual(["filtered", "ship"]);
});

test("a tail hands out its part of the pace, and not more at once after a rest", () => {
  const scene = new Scene({ "max-throughput": 1000 });
  scene.gate.follow([PARTITION_COUNT / 4]);
  scene.now += 60_000;
  let shipped = 0;
  for (let step = 0; step < 100; step++) {
    for (const slot of step === 0 ? [SLOT] : scene.gate.due()) {
      while (scene.judge("", { slot }) === "ship") shipped++;
    }
    scene.now += 50;
  }
  // 250 a second for 5 seconds, and what a rest may have saved up.
  expect(shipped).toBeGreaterThanOrEqual(1230);
  expect(shipped).toBeLessThanOrEqual(1250 + 63);
});

test("records of scans count in the pace: what a chunk has too many of is waited for", () => {
  const scene = new Scene({ "max-throughput": 100 });
  expect(scene.gate.mayScan(SLOT)).toBe(true);
  scene.gate.scanned(
    SLOT,
    Array.from({ length: 125 }, () => ({ digest: DIGEST, image: imageOf("", 0) })),
  );
  expect([scene.gate.mayScan(SLOT), scene.judge("")]).toEqual([false, "later"]);
  scene.now += 990;
  expect(scene.gate.mayScan(SLOT)).toBe(false);
  scene.now += 20;
  expect(scene.gate.mayScan(SLOT)).toBe(true);
});

test("a scan goes on although its tail follows nothing: whoever recovers all partitions is not stuck", () => {
  const scene = new Scene({ "max-throughput": 100 * PARTITION_COUNT });
  scene.gate.follow([0]);
  const rows = Array.from({ length: 40 }, () => ({ digest: DIGEST, image: imageOf("", 0) }));
  scene.gate.scanned(SLOT, rows);
  expect(scene.gate.mayScan(SLOT)).toBe(false);
  scene.now += 500;
  expect(scene.gate.mayScan(SLOT)).toBe(true);
});

test("a change leaves its delay after its write, however old or far ahead its time is", () => {
  const scene = new Scene({ "delay-ms": 1000 });
  const at = (ms: number): number => WALL + scene.now + ms;
  expect(scene.judge("", { writtenMs: at(-1000) })).toBe("ship");
  const young = { sequence: 2, writtenMs: at(-400) };
  const ahead = { slot: slotOf(0, 8), sequence: 3, writtenMs: at(3_600_000) };
  expect([scene.judge("", young), scene.judge("", ahead)]).toEqual(["later", "later"]);
  scene.now += 599;
  expect(scene.gate.due()).toEqual([]);
  scene.now += 1;
  expect(scene.gate.due()).toEqual([SLOT]);
  expect(scene.judge("", young)).toBe("ship");
  scene.now += 400;
  expect(scene.gate.due()).toEqual([ahead.slot]);
  expect(scene.judge("", ahead)).toBe("ship");
  expect(scene.gate.isHolding).toBe(false);
});

test("others' changes leave if they are forwarded, and not to where they are from, unless joined since", () => {
  const scene = new Scene({ forward: true, "ignore-set": ["x"] });
  // Of datacenter 3; the image says that datacenter 1 has made it.
  const from3 = { originId: 3, originSequence: 8, originLogId: 30, outcome: Outcome.applied };
  expect(scene.judge("a", { from: from3 })).toBe("ship");
  expect(new Scene({}).judge("a", { from: from3 })).toBe("skip");
  // The destination is datacenter 2.
  expect(scene.judge("a", { from: { ...from3, originId: 2 } })).toBe("skip");
  const ofDestination = { ...from3, image: imageOf("a", 5, 2) };
  expect(scene.judge("a", { from: ofDestination })).toBe("skip");
  expect(scene.judge("a", { from: { ...ofDestination, joined: true } })).toBe("ship");
  expect(scene.judge("a", { from: { ...ofDestination, outcome: Outcome.conflictWon } })).toBe("ship");
  expect(scene.judge("a", { from: { ...ofDestination, operation: Operation.merge } })).toBe("ship");
  // It has no number that a row of filtered changes could count it by.
  expect([scene.judge("x", { from: from3 }), scene.filtered]).toEqual(["skip", 0]);
});

test("what a record was before stays in its datacenter", () => {
  const scene = new Scene({});
  const image = imageOf("a", 0);
  const verdict = scene.judgeImage(image, SLOT, 1, { before: recordOf("a", 7) });
  expect(verdict).toBeInstanceOf(Buffer);
  const shipped = Entry.checked(verdict as Buffer);
  expect(shipped.before).toBeUndefined();
  expect(shipped.bytes.equals(entryOf(image))).toBe(true);
});

test("a slot that is not followed any more has no turn", () => {
  const scene = new Scene({ "max-throughput": 0 });
  scene.judge("");
  scene.gate.forget(SLOT);
  scene.gate.configure([settings({})]);
  expect(scene.gate.due()).toEqual([]);
});

test("bins that are not shipped are left out of changes and of scans; the rest of an entry stays", () => {
  const site = new BinDatacenter(1);
  site.put({ a: 1, b: 1, secret: 1 });
  const { bytes: image } = site.put({ a: 2, secret: 2 });
  const scene = new Scene({ "bin-policy": "only-changed", "ignore-bin": ["secret"] });
  const names = (from: RecordImage): string[] => [...binRecordOf(from).bins.keys()];
  const entry = encodeEntry({
    ...{ kind: EntryKind.put, operation: Operation.update, partitionId: 7, epoch: 3, sequence: 9 },
    ...{ originId: 0, originSequence: 8, originLogId: 0, digest: Buffer.alloc(20, 1), image },
    changedBins: Buffer.from([1, 97]),
  });
  const verdict = scene.gate.judge(SLOT, 9, Buffer.concat([Buffer.alloc(5), entry, Buffer.alloc(9)]), 5);
  const left = Entry.checked(verdict instanceof Buffer ? verdict : Buffer.alloc(0));
  expect(names(left.image)).toEqual(["a"]);
  const { operation, epoch, sequence, changeNumber, digest, changedBins } = left;
  expect({ operation, epoch, sequence, changeNumber }).toEqual({
    ...{ operation: Operation.update, epoch: 3, sequence: 9, changeNumber: 8 },
  });
  expect([digest, changedBins]).toEqual([Buffer.alloc(20, 1), Buffer.from([1, 97])]);
  const [row] = scene.gate.scanned(SLOT, [{ digest: DIGEST, image }]);
  expect(names(RecordImage.checked(row?.image ?? Buffer.alloc(0)))).toEqual(["a", "b"]);
  scene.gate.configure([settings({})]);
  expect(scene.gate.judge(SLOT, 9, entry, 0)).toBe("ship");
});
