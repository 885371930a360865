/**
 * Schedules that broke other systems, or this one before it was mended, each told step by step. Run
 * on the real core they end well; run on a mutant that lacks the defence, a checker must notice.
 * Numbers are machines; 0 is the primary of epoch 1, with all others in sync.
 */
import { expect } from "vitest";
import type { Broken } from "./partition-schedule.ts";
import { LEASE_MS, Stage } from "./partition-stage.ts";

export interface Scenario {
  /** The id of the fault in the reliability list, or of the invariant that was found missing. */
  readonly id: string;
  readonly title: string;
  /** Names of mutants that must not survive it. */
  readonly mutants?: readonly string[];
  readonly play: (broken?: Broken) => Stage;
}

function committedWriteSurvivesRestart(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  const value = stage.wrote(0);
  // 1 acknowledged, and restarts without having heard that the write is committed.
  stage.world.machine(1).crash();
  stage.world.machine(1).start();
  stage.world.machine(0).crash();
  stage.map({ down: [0], inSync: [1], primary: 1 }, 1);
  stage.until("1 serves", () => stage.serves(1));
  expect(stage.read(1)).toBe(value);
  stage.world.machine(0).start();
  return stage;
}

function powerLossOtherOrder(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  const value = stage.wrote(0);
  // 0 has another write on its disk that 1 never gets; then both lose power.
  stage.cut(0, 1);
  const lost = stage.write(0, "k");
  stage.run(10);
  stage.world.machine(0).crash();
  stage.world.machine(1).crash();
  stage.run(10);
  stage.world.network.healAll();
  stage.world.machine(1).start();
  stage.map({ down: [0], inSync: [1], primary: 1 }, 1);
  stage.until("1 serves", () => stage.serves(1));
  expect(lost.outcome).toBeUndefined();
  expect(stage.read(1)).toBe(value);
  // 1 goes on from the same sequence; 0 comes back with another entry there.
  stage.wrote(1, "other");
  stage.world.machine(0).start();
  stage.map({ up: [0] }, 0, 1);
  stage.until("0 truncated, follows, and has all of it", () => {
    const { phase, durable } = stage.partition(0);
    return phase === "following" && durable === stage.partition(1).durable;
  });
  expect(stage.table(0)).toEqual(stage.table(1));
  return stage;
}

function twoFailoversBeforeTruncation(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.wrote(0);
  // Epoch 1 ends with a write that only 0 has.
  stage.isolate(0);
  stage.write(0, "a");
  stage.run(10);
  stage.crash(0);
  stage.map({ down: [0], inSync: [1, 2], primary: 1 }, 1, 2);
  stage.until("1 serves", () => stage.serves(1));
  // Epoch 2 ends with one that only 1 has, at sequences that 0 has used otherwise.
  stage.isolate(1);
  stage.write(1, "b");
  stage.write(1, "b");
  stage.run(10);
  stage.crash(1);
  stage.map({ down: [1], inSync: [2], primary: 2 }, 2);
  stage.until("2 serves", () => stage.serves(2));
  const value = stage.wrote(2, "a");
  // Both come back to a primary that has neither epoch's tail.
  stage.world.machine(0).start();
  stage.world.machine(1).start();
  stage.map({ up: [0, 1] }, 0, 1, 2);
  stage.until("both follow", () => [0, 1].every((index) => stage.partition(index).phase === "following"));
  stage.run(20);
  stage.grant();
  expect([...stage.inSync()].sort()).toEqual([0, 1, 2]);
  expect(stage.table(0)).toEqual(stage.table(2));
  expect(stage.table(1)).toEqual(stage.table(2));
  expect(stage.read(2, "a")).toBe(value);
  return stage;
}

function lastReplicaStanding(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.world.machine(1).crash();
  stage.map({ down: [1], inSync: [0] }, 0);
  const value = stage.wrote(0);
  stage.world.machine(0).crash();
  // 1 is up and lacks the write: nobody serves until 0 is back with its log.
  stage.world.machine(1).start();
  stage.map({ down: [0], up: [1], primary: null }, 1);
  stage.run(3 * LEASE_MS);
  expect(stage.read(1)).toBeNull();
  stage.world.machine(0).start();
  stage.map({ up: [0], primary: 0 }, 0, 1);
  stage.until("0 serves", () => stage.serves(0));
  expect(stage.read(0)).toBe(value);
  return stage;
}

function oldJoinAfterEmptying(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.wrote(0, "a");
  stage.map({ inSync: [0, 1], assigned: [0, 1, 2] }, 0, 1, 2);
  stage.until("2 follows", () => stage.partition(2).phase === "following");
  // 2 asks to join with a full log, and the message gets stuck on its way.
  stage.cut(2, 0);
  stage.partition(2).primaryLost(stage.world.machine(0).id);
  stage.run(5);
  // Then it is taken off the row, which empties it, and put back; both see all of that.
  stage.map({ assigned: [0, 1] }, 0, 1, 2);
  stage.run(20);
  stage.map({ assigned: [0, 1, 2] }, 0, 1, 2);
  stage.cut(0, 2);
  stage.world.network.heal(2, 0);
  stage.run(20);
  // Whatever 0 asks for now must not make a member of an empty copy.
  expect(stage.table(2).size).toBe(0);
  stage.grant();
  stage.world.network.healAll();
  stage.until("2 has the write", () => stage.table(2).size === 1);
  return stage;
}

function acknowledgedJustBeforeDeath(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  const value = stage.wrote(0, "a");
  // One write is on the disks of 0 and 1, and 2 lacks it: not committed, not answered.
  stage.cut(0, 2);
  const half = stage.write(0, "b");
  stage.run(10);
  expect(half.outcome).toBeUndefined();
  stage.crash(0);
  stage.disk(2, 5 * LEASE_MS);
  stage.map({ down: [0], inSync: [1, 2], primary: 1 }, 1, 2);
  stage.run(3 * LEASE_MS);
  // 1 holds it, yet must not show it before 2's disk holds it as well: 1 may die now.
  expect(stage.read(1, "b")).toBeNull();
  stage.until("1 serves", () => stage.serves(1));
  expect(stage.read(1, "a")).toBe(value);
  expect(stage.read(1, "b")).toBe(half.value);
  return stage;
}

function framesOfAnOldEpoch(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.wrote(0);
  // Entries of epoch 1 get stuck on their way to 1 and 2.
  stage.cut(0, 1);
  stage.cut(0, 2);
  stage.write(0, "late");
  stage.write(0, "later");
  stage.run(5);
  stage.map({ primary: 1, inSync: [1, 2] }, 1, 2);
  stage.run(3 * LEASE_MS - 20);
  stage.world.network.heal(0, 2);
  stage.run(1);
  stage.world.network.heal(0, 1);
  stage.until("1 serves", () => stage.serves(1));
  const value = stage.wrote(1, "late");
  expect(stage.read(1, "late")).toBe(value);
  return stage;
}

function learnerNotComplete(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.world.machine(2).crash();
  stage.map({ down: [2], inSync: [0, 1] }, 0, 1);
  for (let write = 0; write < 8; write++) stage.wrote(0, `k${write}`);
  // 2 comes back with a slow disk: it has the entries in memory, none of them is safe.
  stage.world.machine(2).start();
  stage.disk(2, 300);
  stage.map({ up: [2] }, 0, 1, 2);
  stage.run(60);
  stage.map({}, 0, 1, 2);
  stage.run(30);
  stage.grant();
  expect(stage.inSync()).not.toContain(2);
  stage.until("it has asked", () => stage.world.controller.asks.length > 0);
  stage.grant();
  expect(stage.inSync()).toContain(2);
  return stage;
}

/** 2 learns everything and is asked for; the ask is with the controller. Writes need it now. */
function proposed(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.map({ inSync: [0, 1] }, 0, 1, 2);
  stage.wrote(0);
  stage.until("0 has asked for 2", () => stage.world.controller.asks.length > 0);
  expect(stage.partition(0).required).toHaveLength(2);
  return stage;
}

function linkBreaksBeforeTheGrant(broken?: Broken): Stage {
  const stage = proposed(broken);
  stage.cut(0, 2);
  stage.world.network.break(0, 2);
  stage.run(20);
  const answer = stage.write(0);
  stage.run(20);
  // The ask may be granted at any moment, so the write must wait for 2.
  expect(answer.outcome).toBeUndefined();
  stage.grant();
  expect(stage.inSync()).toContain(2);
  stage.world.network.healAll();
  stage.until("the write is applied", () => answer.outcome === "applied");
  return stage;
}

function deathBeforeTheGrant(broken?: Broken): Stage {
  const stage = proposed(broken);
  stage.crash(2);
  stage.map({ down: [2] }, 0, 1);
  // No map that grants the ask can come any more: the write does not wait.
  const answer = stage.write(0);
  stage.until("the write is applied", () => answer.outcome === "applied");
  stage.world.machine(2).start();
  stage.cut(0, 2);
  stage.map({ up: [2] }, 0, 1, 2);
  stage.grant();
  expect(stage.inSync()).not.toContain(2);
  return stage;
}

function askTwice(broken?: Broken): Stage {
  const stage = proposed(broken);
  const [ask] = stage.world.controller.asks;
  stage.grant();
  // Taken out of sync although it is up; then the ask comes a second time.
  stage.map({ inSync: [0, 1] }, 0, 1, 2);
  stage.cut(0, 2);
  stage.wrote(0);
  stage.world.controller.asks.splice(0);
  if (ask !== undefined) stage.world.controller.asks.push(ask);
  stage.grant();
  expect(stage.inSync()).not.toContain(2);
  return stage;
}

function pausedPastTheLease(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  // A write and a read wait in the socket of a paused primary.
  stage.world.machine(0).pause();
  const trapped = stage.write(0);
  stage.map({ down: [0], inSync: [1], primary: 1 }, 1);
  stage.until("1 serves", () => stage.serves(1));
  const value = stage.wrote(1);
  stage.run(2 * LEASE_MS);
  stage.world.machine(0).resume();
  expect(stage.read(0)).toBeNull();
  stage.map({ up: [0] }, 0, 1);
  stage.until("the trapped write is answered", () => trapped.outcome !== undefined);
  expect(trapped.outcome).not.toBe("applied");
  expect(stage.read(1)).toBe(value);
  return stage;
}

function leaseOfANodeWithoutAMap(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  // 1 takes over from 0, which is paused, acknowledges a newer value, and starts again.
  stage.world.machine(0).pause();
  // Long enough that no beacon of 0 is still to be answered, by the next map.
  stage.run(LEASE_MS);
  stage.map({ down: [0], inSync: [1], primary: 1 }, 1);
  stage.until("1 serves", () => stage.serves(1));
  stage.wrote(1);
  stage.crash(1);
  stage.world.machine(1).start();
  // 0 goes on with the old map; 1 has none that knows its new life, and does not know of its own reign.
  stage.world.machine(0).resume();
  stage.run(2 * LEASE_MS);
  expect(stage.world.machine(1).process?.map).toBeUndefined();
  expect(stage.read(0)).toBeNull();
  stage.world.controller.manual = false;
  return stage;
}

function chainOfFailovers(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  const value = stage.wrote(0);
  // 0 has leases of both. 1 and 2 do not hear each other: what 1 promised to 2 is long over.
  stage.cut(2, 1);
  stage.cut(1, 2);
  stage.run(2 * LEASE_MS);
  stage.isolate(0);
  // 2 is made primary and, before it serves, 1: what 1 promised to 0 still counts.
  stage.map({ primary: 2, inSync: [1, 2] }, 1);
  stage.map({ primary: 1, inSync: [1], down: [0, 2] }, 1);
  stage.run(20);
  expect(stage.serves(0)).toBe(true);
  expect(stage.read(0)).toBe(value);
  stage.run(2 * LEASE_MS);
  expect(stage.serves(0)).toBe(false);
  return stage;
}

function mapOvertakesTheBeacon(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  // 1 has a newer map: it answers 0's next beacon by that map, and then by what 0 takes for a lease.
  stage.map({}, 1);
  stage.until("0 has the map", () => stage.world.machine(0).process?.map?.version === 2);
  stage.run(5);
  stage.isolate(0);
  stage.map({ primary: 1, inSync: [1], down: [0] }, 1);
  stage.until("1 serves", () => stage.serves(1));
  expect(stage.read(0)).toBeNull();
  expect(stage.read(1)).toBeDefined();
  return stage;
}

function tailWithoutItsLog(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  stage.isolate(0);
  stage.write(0);
  stage.run(10);
  stage.map({ primary: 1, inSync: [1] }, 1);
  stage.until("1 serves", () => stage.serves(1));
  const value = stage.wrote(1);
  // The entries that 0 must take back are gone from its log.
  stage.world.machine(0).disk.slot(0).trim(Number.POSITIVE_INFINITY);
  stage.world.network.healAll();
  stage.tell(0);
  stage.until("0 is copied and follows", () => stage.partition(0).phase === "following");
  expect(stage.table(0)).toEqual(stage.table(1));
  expect([...stage.table(1).values()]).toEqual([value]);
  return stage;
}

function repairBeforeTheFlush(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  // 1 takes a write of 0 into its log and is still flushing it when it is made primary.
  stage.disk(1, 2 * LEASE_MS);
  stage.write(0);
  stage.run(3);
  stage.isolate(0);
  // 0 has one entry more, for the same record, which it must take back.
  stage.write(0);
  stage.run(5);
  stage.map({ primary: 1, inSync: [1] }, 1);
  stage.until("1 waits no more", () => stage.partition(1).phase === "recovering");
  stage.world.network.healAll();
  stage.tell(0);
  stage.until("0 follows", () => stage.partition(0).phase === "following");
  stage.until("1 serves", () => stage.serves(1));
  return stage;
}

function copyOfAnUncommittedWrite(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.map({ primary: 2 }, 0, 1, 2);
  stage.until("2 serves", () => stage.serves(2));
  // 2 dies with a tail that it will have to take back.
  stage.isolate(2);
  stage.write(2, "b");
  stage.run(10);
  stage.crash(2);
  stage.map({ down: [2], inSync: [0, 1], primary: 0 }, 0, 1);
  stage.until("0 serves", () => stage.serves(0));
  // A write to the same record hangs on 0's disk. 2 repairs the record from there.
  stage.cut(0, 1);
  stage.write(0, "b");
  stage.run(5);
  stage.world.machine(2).start();
  stage.map({ up: [2] }, 0, 2);
  stage.world.run(60, () => stage.partition(2).last === 2);
  // 0 dies with it; 1 has never seen it.
  stage.crash(0);
  stage.map({ down: [0], inSync: [1], primary: 1 }, 1, 2);
  stage.until("1 serves", () => stage.serves(1));
  stage.until("2 follows 1", () => stage.partition(2).phase === "following");
  stage.run(20);
  expect(stage.table(2)).toEqual(stage.table(1));
  return stage;
}

function lateAnswerToAnotherCopy(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  for (let write = 0; write < 60; write++) stage.write(0, `k${write}`);
  stage.run(30);
  stage.world.machine(0).disk.slot(0).trim(61);
  stage.map({ inSync: [0, 1] }, 0, 1, 2);
  for (let again = 0; again < 30; again++) {
    stage.map({ assigned: [0, 1] }, 0, 1, 2);
    stage.run(20);
    stage.map({ assigned: [0, 1, 2] }, 0, 1, 2);
    // The copy is given up with an answer on its way, and started again at once.
    stage.run(20 + again);
    stage.world.network.break(1, 2);
    stage.until("2 follows", () => stage.partition(2).phase === "following");
    expect(stage.table(2)).toEqual(stage.table(0));
  }
  return stage;
}

function halfOpenConnection(broken?: Broken): Stage {
  const stage = new Stage(2, broken);
  stage.wrote(0);
  // 0 gives the connection up; the end of it does not reach 1, which keeps following nobody.
  stage.cut(0, 1);
  stage.world.machine(0).process?.link(stage.world.machine(1).id)?.reset();
  stage.run(50);
  stage.world.network.dropHeld();
  stage.world.network.healAll();
  stage.run(LEASE_MS);
  stage.wrote(0);
  return stage;
}

function handedOverByAStranger(broken?: Broken): Stage {
  const stage = new Stage(3, broken);
  stage.wrote(0);
  // 2 takes over without 0 knowing, and serves by what 1 promised it.
  stage.isolate(0);
  stage.map({ primary: 2, inSync: [1, 2] }, 1, 2);
  stage.until("2 serves", () => stage.serves(2));
  // Now 1 is to be primary; 0 sees that map only, and must not speak for 2.
  stage.world.network.heal(0, 1);
  stage.cut(1, 2);
  stage.map({ primary: 1 }, 0, 1);
  stage.run(20);
  expect(stage.serves(1)).toBe(false);
  return stage;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: "R1",
    title: "KIP-101, 1: a committed write survives its replica's restart and election",
    play: committedWriteSurvivesRestart,
  },
  {
    id: "R2",
    title: "KIP-101, 2: all lose power and come back in the other order",
    mutants: ["truncates by sequence only", "truncates without repair"],
    play: powerLossOtherOrder,
  },
  {
    id: "R3",
    title: "KIP-279: two failovers before the first one's truncation",
    mutants: ["truncates by sequence only"],
    play: twoFailoversBeforeTruncation,
  },
  {
    id: "R5",
    title: "KIP-966: the last replica standing restarts, the other is not electable",
    play: lastReplicaStanding,
  },
  {
    id: "R7",
    title: "a join from before its sender was emptied does not count",
    mutants: ["trusts what is outdated"],
    play: oldJoinAfterEmptying,
  },
  {
    id: "R8",
    title: "a new primary commits its tail again before it shows it",
    mutants: ["serves before its tail is committed"],
    play: acknowledgedJustBeforeDeath,
  },
  {
    id: "R9",
    title: "entries of an old epoch arrive late",
    mutants: ["takes entries of any epoch"],
    play: framesOfAnOldEpoch,
  },
  {
    id: "R11",
    title: "a learner is not counted before its disk has everything",
    mutants: ["counts learners early"],
    play: learnerNotComplete,
  },
  {
    id: "I4",
    title: "a proposed learner is waited for although its link broke",
    mutants: ["forgets proposals when the link breaks"],
    play: linkBreaksBeforeTheGrant,
  },
  {
    id: "I5",
    title: "a proposed learner that died is not waited for, and its ask is void",
    mutants: ["never forgets proposals", "grants stale asks"],
    play: deathBeforeTheGrant,
  },
  {
    id: "I5",
    title: "an ask that comes twice is granted once",
    mutants: ["does not void asks of who loses a place"],
    play: askTwice,
  },
  {
    id: "P3",
    title: "a primary paused past its lease neither shows nor writes anything",
    play: pausedPastTheLease,
  },
  {
    id: "I9",
    title: "every predecessor is waited for, not only the last",
    mutants: ["waits for the last predecessor only"],
    play: chainOfFailovers,
  },
  { id: "I9", title: "only the direct predecessor hands over", play: handedOverByAStranger },
  {
    id: "I9",
    title: "a beacon answered across a change of maps is promised",
    mutants: ["promises nothing to a lagging asker"],
    play: mapOvertakesTheBeacon,
  },
  {
    id: "I9",
    title: "a node that follows no map yet grants no lease",
    mutants: ["grants leases without a map"],
    play: leaseOfANodeWithoutAMap,
  },
  {
    id: "I6",
    title: "a tail whose log is gone is repaired by a whole copy",
    mutants: ["gives up on a trimmed tail"],
    play: tailWithoutItsLog,
  },
  {
    id: "I7",
    title: "records are repaired from what is flushed",
    mutants: ["repairs from what is not flushed"],
    play: repairBeforeTheFlush,
  },
  {
    id: "I7",
    title: "a copy shows no uncommitted write",
    mutants: ["copies what is not committed"],
    play: copyOfAnUncommittedWrite,
  },
  {
    id: "I7",
    title: "an answer to a copy given up is not taken for another's",
    mutants: ["matches answers by slot"],
    play: lateAnswerToAnotherCopy,
  },
  {
    id: "I8",
    title: "a connection that replaces another makes its streams join again",
    mutants: ["replaces a connection in silence"],
    play: halfOpenConnection,
  },
];
