/**
 * CT2, CT3, CT4, CT5, CT6 and CT8 of SPEC.md.
 *
 * Proves the controller's rules one by one, by example: who is down and when, who becomes primary,
 * what an ask needs to be granted, what is moved and what is held back.
 */
import { expect, test } from "vitest";
import type { ClusterMap, NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { ControlWorld, type Process, TIMING } from "../../test/simulation/control-world.ts";
import { decide, FORMATION_DELAY_MS } from "./decide.ts";
import type { LinkState } from "./control-plane.ts";
import type { InSyncAsk, MemberReport, Observed } from "./observed.ts";

const RULE = { name: "test", replicationFactor: 2 };

function world(names = ["a1", "a2", "a3"], replicationFactor = 2): ControlWorld {
  const made = new ControlWorld(names, [{ ...RULE, replicationFactor }]);
  made.advance(20);
  return made;
}
const nth = (made: ControlWorld, index: number): Process => made.processes[index] as Process;
const observe = (made: ControlWorld, asks: readonly InSyncAsk[] = []): Observed =>
  made.observe(asks, 8192) as Observed;
const mapOf = (made: ControlWorld): ClusterMap => made.map as ClusterMap;
const count = (made: ControlWorld, test: (row: PartitionRow) => boolean): number =>
  made.rows().filter(test).length;

/** `observed`, with what `from` sees of `peer` replaced. */
function seeing(observed: Observed, from: NodeId, peer: NodeId, link: Partial<LinkState>): Observed {
  const reports = new Map(observed.reports);
  const report = reports.get(from) as MemberReport;
  const links = report.links.map((state) => (state.peer === peer ? { ...state, ...link } : state));
  reports.set(from, { ...report, links });
  return { ...observed, reports };
}
function stateIn(map: ClusterMap | undefined, id: NodeId): string | undefined {
  return map?.members.find((member) => member.id === id)?.state;
}

test("formation waits for the configured nodes, and after a delay for as many as there are copies", () => {
  const made = new ControlWorld(["a1", "a2", "a3"], [RULE]);
  made.kill(nth(made, 2));
  nth(made, 2).boot = 0;
  const observed = { ...observe(made), listeningSinceMs: made.nowMs };
  expect(decide(observed, made.nowMs + 20).map).toBeUndefined();
  const late = made.nowMs + FORMATION_DELAY_MS + 1;
  made.nowMs = late;
  for (const process of made.running()) process.lastReportMs = late;
  const formed = decide({ ...observe(made), listeningSinceMs: observed.listeningSinceMs }, late).map;
  expect(formed?.members.map((member) => member.name)).toEqual(["a1", "a2"]);
  expect(formed?.version).toBe(1);
});

test("formation is even, every row whole, and epochs start at 1", () => {
  const made = world();
  expect(count(made, (row) => row.epoch === 1 && row.inSync.length === 2)).toBe(4096);
  const primaries = [...made.primaries().values()];
  expect(Math.max(...primaries) - Math.min(...primaries)).toBeLessThanOrEqual(2);
});

test("refused connections at the controller and half of the others: down at once", () => {
  const made = world();
  const [a1, a2, a3] = [nth(made, 0).id, nth(made, 1).id, nth(made, 2).id];
  const broken = { up: false, refused: true, silentMs: 5 };
  const one = seeing(observe(made), a1, a3, broken);
  expect(decide(one, made.nowMs + 1).map).toBeUndefined();
  const both = seeing(one, a2, a3, broken);
  const { map } = decide(both, made.nowMs + 1);
  expect(stateIn(map, a3)).toBe("down");
  expect(map?.namespaces[0]?.rows.every((row) => row.primary !== a3 && !row.inSync.includes(a3))).toBe(true);
});

test("a broken link that was not refused is silence: down only after dead-after-ms", () => {
  const made = world();
  const [a1, a2, a3] = [nth(made, 0).id, nth(made, 1).id, nth(made, 2).id];
  const silent = (silentMs: number): Observed => {
    const link = { up: false, refused: false, silentMs };
    return seeing(seeing(observe(made), a1, a3, link), a2, a3, link);
  };
  expect(decide(silent(TIMING.deadAfterMs - 100), made.nowMs + 1).map).toBeUndefined();
  expect(stateIn(decide(silent(TIMING.deadAfterMs + 1), made.nowMs + 1).map, a3)).toBe("down");
});

test("a member that was taken for dead by mistake may be silent for longer; a refused connection is proof", () => {
  const made = world();
  const [a1, a2, a3] = [nth(made, 0).id, nth(made, 1).id, nth(made, 2).id];
  const patience = new Map([[a3, 4]]);
  const seen = (link: Partial<LinkState>): Observed => {
    return { ...seeing(seeing(observe(made), a1, a3, link), a2, a3, link), patience };
  };
  const silent = (silentMs: number): Observed => seen({ up: false, refused: false, silentMs });
  expect(decide(silent(4 * TIMING.deadAfterMs - 100), made.nowMs + 1).map).toBeUndefined();
  expect(stateIn(decide(silent(4 * TIMING.deadAfterMs + 1), made.nowMs + 1).map, a3)).toBe("down");
  const refused = seen({ up: false, refused: true, silentMs: 5 });
  expect(stateIn(decide(refused, made.nowMs + 1).map, a3)).toBe("down");
});

test("who was never heard since the controller's own start may be just starting, also when it refuses", () => {
  const made = world();
  const [a1, a2, a3] = [nth(made, 0).id, nth(made, 1).id, nth(made, 2).id];
  const refused = { up: false, refused: true, silentMs: 5 };
  const heardSoFar = seeing(seeing(observe(made), a1, a3, refused), a2, a3, refused);
  const reports = new Map(heardSoFar.reports);
  reports.delete(a3);
  const startedAgoMs = (ms: number): Observed => {
    return { ...heardSoFar, reports, listeningSinceMs: made.nowMs + 1 - ms };
  };
  expect(decide(startedAgoMs(2 * TIMING.deadAfterMs - 100), made.nowMs + 1).map).toBeUndefined();
  expect(stateIn(decide(startedAgoMs(2 * TIMING.deadAfterMs + 1), made.nowMs + 1).map, a3)).toBe("down");
});

test("what nothing but a budget holds back is done once there is one", () => {
  const made = world();
  made.kill(nth(made, 2));
  made.advance(20);
  // From now on its copies are made elsewhere.
  made.nowMs += TIMING.migrateFillDelayMs;
  for (const process of made.running()) process.lastReportMs = made.nowMs;
  const without = { ...observe(made), moveBudget: 0 };
  for (const ms of [1, 2]) expect(decide(without, made.nowMs + ms).map).toBeUndefined();
  expect(decide(observe(made), made.nowMs + 3).map).toBeDefined();
});

test("a controller with broken eyes takes nobody down, and lets go when the others see it down", () => {
  const made = world();
  const [a1, a2, a3] = [nth(made, 0).id, nth(made, 1).id, nth(made, 2).id];
  const dead = { up: false, refused: false, silentMs: 60_000 };
  const blind = seeing(seeing(observe(made), a1, a2, dead), a1, a3, dead);
  expect(decide(blind, made.nowMs + 1)).toEqual({ reasons: [] });
  const cutOff = seeing(seeing(blind, a2, a1, dead), a3, a1, dead);
  expect(decide(cutOff, made.nowMs + 1).abdicate).toBe(true);
});

test("two of three killed at once: known as soon as the dead have lost their votes", () => {
  const made = world();
  made.kill(nth(made, 1));
  made.kill(nth(made, 2));
  made.advance(400);
  expect(made.map?.members.map((member) => member.state)).toEqual(["up", "down", "down"]);
  // Rows of the two dead are as they were: their in-sync set waits for a return of either.
  const isDead = (id: NodeId | null): boolean => id !== nth(made, 0).id;
  const lost = made.rows().filter((row) => isDead(row.primary));
  expect(lost.length).toBeGreaterThan(1000);
  expect(lost.every((row) => row.inSync.length === 2 && row.epoch === 1)).toBe(true);
  made.restart(nth(made, 2));
  made.advance(20);
  expect(count(made, (row) => row.primary === null || row.primary === nth(made, 1).id)).toBe(0);
});

test("silent on NATS but answering its peers: left alone for long, then taken down", () => {
  const made = world();
  const a3 = nth(made, 2).id;
  const since = made.nowMs;
  const at = (ms: number): Observed => {
    const reports = new Map(observe(made).reports);
    for (const [id, report] of reports) {
      reports.set(id, { ...report, receivedAtMs: id === a3 ? since : since + ms });
    }
    return { ...observe(made), reports };
  };
  expect(decide(at(5000), since + 5000).map).toBeUndefined();
  expect(stateIn(decide(at(20_000), since + 20_000).map, a3)).toBe("down");
});

test("a failover spreads the primaries of the dead evenly and touches no other row", () => {
  const made = world(["a1", "a2", "a3", "a4"], 3);
  const before = mapOf(made);
  const victim = nth(made, 3);
  made.kill(victim);
  made.advance(20);
  for (const [partition, row] of made.rows().entries()) {
    const old = before.namespaces[0]?.rows[partition] as PartitionRow;
    if (old.inSync.includes(victim.id))
      expect(row.inSync).toEqual(old.inSync.filter((id) => id !== victim.id));
    else expect(row).toBe(old);
    expect(row.epoch).toBe(old.primary === victim.id ? 2 : 1);
  }
  const primaries = [...made.primaries().values()];
  expect(Math.max(...primaries) - Math.min(...primaries)).toBeLessThan(20);
});

test("a primary that restarted before anyone noticed gets a new epoch", () => {
  const made = world();
  const process = nth(made, 1);
  made.restart(process);
  made.advance(20);
  expect(count(made, (row) => row.primary === process.id)).toBeGreaterThan(1300);
  expect(count(made, (row) => (row.primary === process.id) !== (row.epoch === 2))).toBe(0);
});

function learnerAsk(made: ControlWorld, patch: Partial<InSyncAsk> = {}): InSyncAsk {
  const slot = made.rows().findIndex((row) => row.assigned.some((id) => !row.inSync.includes(id)));
  const row = made.rows()[slot] as PartitionRow;
  return {
    from: row.primary ?? "",
    slot,
    epoch: row.epoch,
    member: row.assigned.find((id) => !row.inSync.includes(id)) ?? "",
    remove: false,
    mapVersion: mapOf(made).version,
    ...patch,
  };
}

test("an ask is granted to the primary of this epoch only, for a member that is up since", () => {
  const made = world();
  made.kill(nth(made, 2));
  made.advance(20);
  made.restart(nth(made, 2));
  made.advance(20);
  const granted = (ask: InSyncAsk): boolean => {
    const { map } = decide(observe(made, [ask]), made.nowMs + 1);
    return map?.namespaces[0]?.rows[ask.slot]?.inSync.includes(ask.member) ?? false;
  };
  const ask = learnerAsk(made);
  expect(granted(ask)).toBe(true);
  expect(granted({ ...ask, epoch: ask.epoch - 1 })).toBe(false);
  expect(granted({ ...ask, from: ask.member })).toBe(false);
  expect(granted({ ...ask, mapVersion: (made.member(ask.member)?.changedAt ?? 0) - 1 })).toBe(false);
  const stranger = made.processes.find((process) => !made.rows()[ask.slot]?.assigned.includes(process.id));
  expect(granted({ ...ask, member: stranger?.id ?? "" })).toBe(false);
});

test("an in-sync member is counted out on its primary's word, the primary itself never", () => {
  const made = world();
  const row = made.rows()[0] as PartitionRow;
  const other = row.inSync.find((id) => id !== row.primary) ?? "";
  const ask = { from: row.primary ?? "", slot: 0, epoch: 1, member: other, remove: true, mapVersion: 0 };
  const next = decide(observe(made, [ask]), made.nowMs + 1).map?.namespaces[0]?.rows[0];
  expect(next).toEqual({ ...row, inSync: [row.primary] });
  const self = { ...ask, member: row.primary ?? "" };
  expect(decide(observe(made, [self]), made.nowMs + 1).map).toBeUndefined();
});

test("a late copy of a granted ask does not count a member in again after it was counted out", () => {
  const made = world();
  const row = made.rows()[0] as PartitionRow;
  const other = row.inSync.find((id) => id !== row.primary) ?? "";
  const ask = { from: row.primary ?? "", slot: 0, epoch: 1, member: other, mapVersion: 1 };
  made.inFlight.push({ ...ask, remove: true }, { ...ask, remove: false });
  made.advance(20);
  expect(made.rows()[0]?.inSync).toEqual([row.primary]);
  made.inFlight.push({ ...ask, remove: false });
  made.advance(20);
  expect(made.rows()[0]?.inSync).toEqual([row.primary]);
  made.inFlight.push({ ...ask, remove: false, mapVersion: mapOf(made).version });
  made.advance(20);
  expect(made.rows()[0]?.inSync).toEqual([row.primary, other]);
});

test("a member away for longer than the fill delay is replaced, and takes its places back later", () => {
  const made = world(["a1", "a2", "a3", "a4"]);
  const victim = nth(made, 3);
  const before = made.rows().map((row) => [...row.assigned].sort().join());
  made.kill(victim);
  made.advance(TIMING.migrateFillDelayMs - 1000);
  expect(count(made, (row) => row.assigned.includes(victim.id))).toBeGreaterThan(1900);
  made.advance(4000);
  expect(count(made, (row) => row.assigned.includes(victim.id))).toBe(0);
  made.quiesce();
  expect(count(made, (row) => row.inSync.length === 2)).toBe(4096);
  made.restart(victim);
  made.quiesce();
  expect(made.rows().map((row) => [...row.assigned].sort().join())).toEqual(before);
});

test("a node that is added learns first, takes over then, and only then do others let go", () => {
  const made = world();
  const seen: number[] = [];
  made.onDecision = (_, after) => {
    for (const row of after.namespaces[0]?.rows ?? []) seen.push(row.inSync.length);
  };
  const added = made.add("a4", 0);
  made.quiesce();
  expect(Math.min(...seen)).toBe(2);
  expect(Math.abs((made.primaries().get(added.id) ?? 0) - 1024)).toBeLessThan(20);
  expect(count(made, (row) => row.assigned.length === 2 && row.inSync.length === 2)).toBe(4096);
});

test("a forgotten member is drained while it is up, then leaves the map", () => {
  const made = world(["a1", "a2", "a3", "a4"]);
  const victim = nth(made, 3);
  made.forgotten.add(victim.id);
  made.advance(20);
  expect(made.member(victim.id)?.state).toBe("up");
  expect(count(made, (row) => row.inSync.length < 2)).toBe(0);
  made.quiesce();
  expect(made.member(victim.id)).toBeUndefined();
  expect(count(made, (row) => row.inSync.length === 2)).toBe(4096);
});

test("a wiped disk is a new member: the old id is dropped, but not where it held the last copy", () => {
  const made = world(["a1", "a2"], 1);
  const victim = nth(made, 1);
  const old = victim.id;
  made.kill(victim);
  made.advance(20);
  made.wipe(victim);
  made.advance(20);
  expect(made.member(victim.id)?.state).toBe("up");
  // Replication factor 1: what was only there is gone; the rows say so instead of starting empty.
  const lost = made.rows().filter((row) => row.primary === null);
  expect(lost.length).toBeGreaterThan(1000);
  expect(lost.every((row) => row.inSync.join() === old)).toBe(true);

  const whole = world(["a1", "a2", "a3"]);
  const second = nth(whole, 1);
  const gone = second.id;
  whole.kill(second);
  whole.advance(20);
  whole.wipe(second);
  whole.quiesce();
  expect(whole.member(gone)).toBeUndefined();
  expect(count(whole, (row) => row.inSync.length === 2)).toBe(4096);
});

test("a second process under the name of a member that is up is refused", () => {
  const made = world();
  const twin = made.add("a1", 0);
  made.advance(20);
  expect(made.member(twin.id)).toBeUndefined();
  expect(made.reasons.join()).toContain("refused");
});

test("a leaving member hands all primaries over at once and keeps replicating", () => {
  const made = world();
  const leaver = nth(made, 1);
  leaver.leaving = true;
  made.settle(0);
  expect(made.primaries().get(leaver.id) ?? 0).toBe(0);
  expect(count(made, (row) => row.inSync.length === 2)).toBe(4096);
});

test("balance moves no more rows than its budget, failover all of them", () => {
  const made = world();
  made.add("a4", 0);
  made.nowMs += 20;
  for (const process of made.running()) process.lastReportMs = made.nowMs;
  const { map } = decide({ ...observe(made), moveBudget: 10 }, made.nowMs);
  expect(map?.namespaces[0]?.rows.filter((row) => row.assigned.length > 2).length).toBe(10);
  expect(decide({ ...observe(made), moveBudget: 0 }, made.nowMs).map?.namespaces[0]).toBe(
    mapOf(made).namespaces[0],
  );
});

test("a namespace appended to the configuration is formed when every member knows it", () => {
  const made = world();
  made.namespaces.push({ name: "more", replicationFactor: 2 });
  const observed = observe(made);
  const behind = {
    ...observed,
    registered: observed.registered.map((entry, index) =>
      index === 0 ? { ...entry, namespaces: ["test"] } : entry,
    ),
  };
  expect(decide(behind, made.nowMs + 1).map).toBeUndefined();
  const { map } = decide(observed, made.nowMs + 1);
  expect(map?.namespaces.map((namespace) => [namespace.name, namespace.logId])).toEqual([
    ["test", 100],
    ["more", 101],
  ]);
});
