/**
 * CT1, CT2, CT4, CT6 and CT7 of SPEC.md.
 *
 * Proves, over random histories of kills, restarts, pauses, wiped disks, additions, removals and
 * delayed asks, what every decision must keep: the epoch rises exactly when a primary changes or
 * restarts; the primary is in sync; the in-sync set never loses its last member and never holds a
 * member that lacks a committed write; placement never goes below the replication factor; unchanged
 * rows stay the same objects; and when events stop, every row is whole, placed and balanced.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ControlWorld, type Process } from "../../test/simulation/control-world.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";

const FAULTS = ["kill", "restart", "restart", "flap", "flap", "wipe", "pause", "resume", "leave"] as const;
const OTHERS = ["teach", "teach", "hold", "hold", "late", "late", "out", "add", "wait"] as const;

interface Step {
  readonly what: (typeof FAULTS)[number] | (typeof OTHERS)[number];
  readonly who: number;
  readonly ms: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...FAULTS, ...OTHERS),
  who: fc.nat(7),
  ms: fc.constantFrom(20, 200, 1500, 5000, 20_000),
});

function checkRows(world: ControlWorld, before: ClusterMap, after: ClusterMap, replicas: number): void {
  if (after.version !== before.version + 1) throw new Error("version must rise by one");
  const members = new Map(after.members.map((member) => [member.id, member]));
  const boots = new Map(before.members.map((member) => [member.id, member.boot]));
  const isUp = (id: NodeId): boolean => (members.get(id)?.state ?? "down") !== "down";
  const rebooted = (id: NodeId): boolean => members.get(id)?.boot !== boots.get(id) && boots.has(id);
  for (const [partition, row] of (after.namespaces[0]?.rows ?? []).entries()) {
    const old = before.namespaces[0]?.rows[partition];
    if (old === undefined || row === old) continue;
    const fail = (what: string): never => {
      throw new Error(`${what}: row ${partition} ${JSON.stringify(old)} -> ${JSON.stringify(row)}`);
    };
    const moved = row.primary !== old.primary || (row.primary !== null && rebooted(row.primary));
    if (row.epoch !== old.epoch + (moved ? 1 : 0)) fail("epoch rises iff the primary changes or restarts");
    if (row.inSync.length === 0) fail("in-sync set lost its last member");
    if (row.primary !== null && !row.inSync.includes(row.primary)) fail("primary not in sync");
    const served = row.primary !== null && isUp(row.primary);
    if (!served && row.inSync.some(isUp)) fail("a fit member was not elected");
    if (!served && row.primary !== null && row.primary !== old.primary) fail("elected and down");
    if (!row.inSync.every((id) => row.assigned.includes(id))) fail("in sync but not assigned");
    if (new Set(row.assigned).size !== row.assigned.length) fail("assigned twice");
    if (![...row.assigned, ...row.inSync].every((id) => members.has(id))) fail("not a member");
    const joined = row.inSync.filter((id) => !old.inSync.includes(id));
    if (!joined.every((id) => world.holders[partition]?.has(id))) fail("in sync without every write");
    const left = old.inSync.filter((id) => !row.inSync.includes(id) && isUp(id) && id !== world.askedOut);
    if (left.length > 0 && row.inSync.filter(isUp).length < replicas) fail("placement gave up a copy");
  }
}

function apply(world: ControlWorld, { what, who, ms }: Step): void {
  const process = world.processes[who % world.processes.length] as Process;
  const running = world.running();
  if (what === "kill" && (running.length > 1 || !process.alive)) world.kill(process);
  else if (what === "restart" && !process.alive) world.restart(process);
  else if (what === "flap" && running.length > 1) {
    world.kill(process);
    world.advance(20);
    world.restart(process);
  } else if (what === "wipe" && !process.alive) world.wipe(process);
  else if (what === "pause" && process.alive && running.length > 1) process.pausedAtMs ??= world.nowMs;
  else if (what === "resume") process.pausedAtMs = undefined;
  else if (what === "leave" && process.alive) process.leaving = true;
  else if (what === "teach") world.teach();
  else if (what === "add" && world.processes.length < 6) world.add(`a${world.processes.length + 1}`, who % 3);
  else if (what === "hold") {
    // Asks of which copies stay on the network, to be delivered again whenever it likes.
    world.teach();
    world.late.push(...world.inFlight);
  } else if (what === "late") world.inFlight.push(...world.late.splice(0));
  else if (what === "out") world.countOut(process.id);
  world.advance(ms);
  world.askedOut = undefined;
}

/** Rare at random: asks granted, their members dead and back, and the same asks once more. */
const LATE_ASKS: Step[] = (["flap", "hold", "flap", "late", "out", "late"] as const).map((what) => ({
  what,
  who: 2,
  ms: 200,
}));

const setup = fc.record({
  nodes: fc.integer({ min: 2, max: 5 }),
  replicas: fc.integer({ min: 1, max: 3 }),
});

function makeWorld(nodes: number, replicas: number): ControlWorld {
  const names = Array.from({ length: nodes }, (_, index) => `a${index + 1}`);
  const world = new ControlWorld(names, [{ name: "test", replicationFactor: replicas }]);
  world.onDecision = (before, after) => checkRows(world, before, after, replicas);
  return world;
}

test("every decision keeps the invariants, and peace brings balance", () => {
  fc.assert(
    fc.property(setup, fc.array(step, { minLength: 3, maxLength: 14 }), (shape, steps) => {
      const world = makeWorld(shape.nodes, shape.replicas);
      world.advance(20);
      expect(world.map?.version).toBe(1);
      for (const next of steps) apply(world, next);
      for (const process of world.processes) {
        process.pausedAtMs = undefined;
        if (process.leaving) world.kill(process);
        if (!process.alive) world.restart(process);
      }
      world.quiesce();
      checkPeace(world, shape.replicas);
    }),
    { numRuns: 20, examples: [[{ nodes: 3, replicas: 2 }, LATE_ASKS]] },
  );
}, 120_000);

function checkPeace(world: ControlWorld, replicas: number): void {
  const want = Math.min(replicas, world.processes.length);
  const ids = new Set(world.processes.map((process) => process.id));
  let lost = 0;
  for (const [partition, row] of world.rows().entries()) {
    if (row.primary === null) {
      // Only a wiped disk that held the last copy leaves a row without a primary.
      expect(row.inSync.some((id) => ids.has(id))).toBe(false);
      lost++;
      continue;
    }
    const where = `row ${partition} ${JSON.stringify(row)}`;
    expect(row.inSync.length, where).toBe(want);
    expect([...row.assigned].sort(), where).toEqual([...row.inSync].sort());
    expect(row.primary, where).toBe(row.assigned[0]);
  }
  const counts = [...ids].map((id) => world.primaries().get(id) ?? 0);
  const share = world.rows().length / counts.length;
  if (lost === 0 && want > 1) {
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(Math.max(2, share * 0.04));
  }
}
