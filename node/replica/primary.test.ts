/**
 * Proves of a primary with fewer copies in sync than `min-in-sync` (R6): it refuses writes and what
 * other datacenters send before anything of them is in its log, goes on answering reads, and
 * acknowledges nothing that became committed only because a peer was counted out; with the peer back
 * it accepts and acknowledges again.
 */
import { beforeEach, describe, expect, test } from "vitest";
import { HybridClock, systemClock } from "../../common/clock.ts";
import { parseDatacenterConfig } from "../../common/config.ts";
import { createLogger } from "../../common/log.ts";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { sampleDigest } from "../../test/conformance/log-samples.ts";
import { MemoryDisk } from "../../test/conformance/memory-engine.ts";
import {
  makeJoin,
  makePartition,
  makeRow,
  OTHER,
  SELF,
  STEADY,
} from "../../test/simulation/partition-recorder.ts";
import type { Evaluation, ReadOutcome, WriteOutcome } from "../records.ts";
import type { ApplyOutcome } from "../xdr/remote-apply.ts";
import { ClockSkews } from "../xdr/clock-skews.ts";
import { Leases } from "./leases.ts";
import { Primary } from "./primary.ts";
import { RemoteWrites } from "./remote-writes.ts";
import { Replica } from "./replica.ts";

type Written = Extract<Evaluation, { write: true }>;

const LEASE_MS = 60_000;
const EPOCH = 2;
const ORIGIN = { originId: 2, originLogId: 70 };
const BOTH = makeRow(EPOCH, SELF, [SELF, OTHER]);
const ALONE = makeRow(EPOCH, SELF, [SELF], [OTHER]);
const digest = sampleDigest(0, 1);
const EMPTY = new Uint8Array(0);

/** Primary of two copies in sync, of which `min-in-sync` wants both. */
async function makeScene() {
  const { core, effects } = makePartition(0);
  const replica = new Replica(core);
  const clock = systemClock(0);
  const leases = new Leases(LEASE_MS, clock.monotonicMs());
  leases.granted(OTHER, clock.monotonicMs());
  const config = parseDatacenterConfig(
    {
      name: "dc",
      "src-id": 1,
      nats: "nats://127.0.0.1:1",
      namespaces: [{ name: "test", "min-in-sync": 2 }],
      nodes: [{ name: "n1", data: "unused", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
    },
    "test",
  );
  const storage = await new MemoryDisk().openStorage();
  const skews = new ClockSkews(1, 500, () => 0);
  const primary = new Primary({
    clock,
    hybridClock: new HybridClock(clock),
    sourceId: 1,
    namespaces: config.namespaces,
    storage,
    leases,
    diskLow: () => false,
    clockRefuses: () => skews.refusesWrites,
    keepsBefore: (_namespaceId, image) => new RecordImage(image).setName.toString() === "kept",
    replica: () => replica,
  });
  const remote = new RemoteWrites({
    primary,
    storage,
    clock,
    skews,
    forwards: () => false,
    log: createLogger({}, "fatal"),
  });
  core.assign(BOTH, STEADY);
  core.promiseOver(EPOCH);
  core.joinAsked(OTHER, makeJoin(EPOCH, 0), 1);
  core.persisted(1);
  core.acked(OTHER, EPOCH, 1);
  expect(core.serving).toBe(true);

  const write = (outcomes: WriteOutcome[], written: Partial<Written> = {}, of = digest): void =>
    primary.write({
      slot: 0,
      digest: of,
      evaluate: () => ({
        write: true,
        operation: Operation.update,
        tombstone: false,
        setName: EMPTY,
        userKey: EMPTY,
        voidTime: 0,
        binCount: 0,
        bins: EMPTY,
        changedBins: EMPTY,
        ...written,
      }),
      complete: (outcome) => outcomes.push(outcome),
    });
  const apply = (sequence: number, outcomes: ApplyOutcome[], setName: Uint8Array = EMPTY): void => {
    const bytes = remoteEntry(sequence, setName);
    const run = { slot: 0, ...ORIGIN, from: sequence, to: sequence, bytes, offset: 0, end: bytes.length };
    remote.applyRun(replica, run, (outcome) => outcomes.push(outcome));
  };
  /** All that was appended is on this node's disk; what is committed by that is released. */
  const flush = (): void => {
    core.persisted(core.last);
    primary.release(replica);
  };
  /** And on the peer's. */
  const peerFlushes = (): void => {
    core.acked(OTHER, EPOCH, core.last);
    primary.release(replica);
  };
  const peerLeaves = (): void => {
    core.peerLost(OTHER);
    core.assign(ALONE, STEADY);
    primary.release(replica);
  };
  const peerReturns = (): void => {
    core.joinAsked(OTHER, makeJoin(EPOCH, 1, { log: { last: core.last, history: core.history } }), 1);
    core.assign(BOTH, STEADY);
  };
  return {
    core,
    effects,
    primary,
    replica,
    skews,
    write,
    apply,
    flush,
    peerFlushes,
    peerLeaves,
    peerReturns,
  };
}

function remoteEntry(sequence: number, setName: Uint8Array): Buffer {
  const lut = BigInt(sequence);
  return encodeEntry({
    kind: EntryKind.put,
    operation: Operation.update,
    partitionId: 0,
    epoch: 9,
    sequence,
    originId: 0,
    originSequence: 0,
    originLogId: 0,
    digest: sampleDigest(0, 2),
    changedBins: EMPTY,
    image: encodeImage({
      generation: sequence,
      lut,
      sourceId: ORIGIN.originId,
      voidTime: 0,
      tombstone: false,
      seen: [{ sourceId: ORIGIN.originId, lut }],
      setName,
      userKey: EMPTY,
      binCount: 0,
      bins: EMPTY,
    }),
  });
}

let scene: Awaited<ReturnType<typeof makeScene>>;
beforeEach(async () => {
  scene = await makeScene();
});

test("a clock too far ahead closes a datacenter to its clients' writes, and to nothing else", () => {
  scene.skews.note(2, { ahead: -600, error: 10 });
  const outcomes: WriteOutcome[] = [];
  scene.write(outcomes);
  expect(outcomes).toEqual([{ kind: "refused", reason: "clock-ahead" }]);
  const applied: ApplyOutcome[] = [];
  scene.apply(1, applied);
  scene.flush();
  scene.peerFlushes();
  expect(applied).toMatchObject([{ kind: "applied", position: 1 }]);
  scene.skews.note(2, { ahead: -400, error: 10 });
  scene.write(outcomes);
  scene.flush();
  scene.peerFlushes();
  expect(outcomes.at(-1)).toMatchObject({ kind: "applied" });
});

describe("fewer copies in sync than min-in-sync", () => {
  test("a write is refused and leaves nothing; a read is answered", () => {
    scene.peerLeaves();
    const last = scene.core.last;
    const outcomes: WriteOutcome[] = [];
    scene.write(outcomes);
    expect(outcomes).toEqual([{ kind: "refused", reason: "too-few-copies" }]);
    expect(scene.core.last).toBe(last);
    const reads: ReadOutcome[] = [];
    scene.primary.read(0, digest, (outcome) => reads.push(outcome));
    expect(reads).toEqual([{ kind: "read", image: undefined }]);
    expect(scene.primary.refuseWrite(scene.replica)).toBe("too-few-copies");
  });

  test("a write under way when the peer is counted out is in doubt, and may be read", () => {
    const outcomes: WriteOutcome[] = [];
    scene.write(outcomes);
    scene.flush();
    expect(outcomes).toEqual([]);
    scene.peerLeaves();
    expect(scene.core.committed).toBe(scene.core.last);
    expect(outcomes).toEqual([{ kind: "in-doubt" }]);
  });

  test("a remote change under way then moves no position that its origin hears of", () => {
    const outcomes: ApplyOutcome[] = [];
    scene.apply(1, outcomes);
    scene.flush();
    scene.peerLeaves();
    expect(outcomes).toEqual([{ kind: "refused", reason: "unavailable" }]);
    expect(scene.replica.settled.size).toBe(0);
    scene.peerReturns();
    scene.peerFlushes();
    scene.apply(1, outcomes);
    expect(outcomes[1]).toMatchObject({ kind: "applied", position: 1, counts: { duplicate: 1 } });
    expect(scene.replica.settled.get(ORIGIN.originId)?.sequence).toBe(1);
  });

  test("with the peer back writes are accepted, and acknowledged by both", () => {
    scene.peerLeaves();
    scene.peerReturns();
    const outcomes: WriteOutcome[] = [];
    scene.write(outcomes);
    scene.flush();
    expect(outcomes).toEqual([]);
    scene.peerFlushes();
    expect(outcomes).toMatchObject([{ kind: "applied", generation: 1 }]);
  });
});

describe("where a feed asks for it, entries say what the record was before", () => {
  const kept = Buffer.from("kept");
  /** Generation and void time of what the last entry says; 0: there was none; undefined: it does not say. */
  const saidBefore = (): unknown => {
    const said = scene.effects.persisted && Entry.checked(scene.effects.persisted).before;
    if (said === undefined || said.length === 0) return said === undefined ? undefined : 0;
    const { generation, voidTime } = RecordImage.checked(Buffer.from(said));
    return { generation, voidTime };
  };

  test("of its sets, of none, of one under way, of a tombstone and of what has expired", () => {
    const outcomes: WriteOutcome[] = [];
    scene.write(outcomes);
    expect(saidBefore()).toBeUndefined();
    const other = sampleDigest(0, 3);
    const write = (written: Partial<Written> = {}) =>
      scene.write(outcomes, { setName: kept, ...written }, other);
    write({ operation: Operation.insert });
    expect(saidBefore()).toBe(0);
    write({ voidTime: 1 });
    expect(saidBefore()).toEqual({ generation: 1, voidTime: 0 });
    // Expired long ago: whoever writes it anew finds nothing.
    write({ operation: Operation.insert });
    expect(saidBefore()).toBe(0);
    write({ operation: Operation.delete, tombstone: true });
    expect(saidBefore()).toEqual({ generation: 3, voidTime: 0 });
    write({ operation: Operation.insert });
    expect(saidBefore()).toBe(0);
  });

  test("of changes that come from another datacenter, whatever it had before", () => {
    const outcomes: ApplyOutcome[] = [];
    scene.apply(1, outcomes, kept);
    expect(saidBefore()).toBe(0);
    scene.apply(2, outcomes, kept);
    expect(saidBefore()).toEqual({ generation: 1, voidTime: 0 });
  });
});
