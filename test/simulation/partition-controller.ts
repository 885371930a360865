/**
 * A simple controller for simulated nodes. It is right by the rules the core relies on (SPEC.md,
 * assumptions), and otherwise as nasty as those allow: it suspects live nodes, moves primaries and
 * replicas for no reason, and its maps arrive late, out of step, or not at all.
 */
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import type { SimMap, SimMember } from "./partition-messages.ts";
import type { NodeProcess } from "./partition-process.ts";
import type { PartitionWorld } from "./partition-world.ts";

export interface Ask {
  readonly slot: number;
  readonly epoch: number;
  readonly member: NodeId;
  readonly add: boolean;
  readonly mapVersion: number;
}

const TICK_MS = 40;

interface Draft {
  readonly version: number;
  members: SimMember[];
  rows: PartitionRow[];
  /** Members whose asks made so far must not be granted any more. */
  readonly fenced: Set<NodeId>;
}

export class SimController {
  readonly #world: PartitionWorld;
  /** Arrived and not yet looked at. */
  readonly asks: (Ask & { readonly from: NodeId })[] = [];
  /** Since when a member has looked dead. */
  readonly #badSince = new Map<NodeId, number>();
  map: SimMap;
  /** Not answering: no decision is made. */
  down = false;
  /** A test makes the maps. */
  manual = false;
  /** How often something is moved for no reason, per tick. */
  unrest = 0;

  constructor(world: PartitionWorld, map: SimMap) {
    this.#world = world;
    this.map = map;
    this.#repeat();
  }

  row(slot: number): PartitionRow {
    const row = this.map.rows[slot];
    if (row === undefined) throw new Error(`no slot ${slot}`);
    return row;
  }
  member(id: NodeId): SimMember | undefined {
    return this.map.members.find((member) => member.id === id);
  }

  /** An ask of a primary: may be lost, late, or come twice. */
  ask(from: NodeProcess, ask: Ask): void {
    const { random, time } = this.#world;
    const machine = this.#world.machines[from.machine];
    if (machine?.controlCut || (!this.manual && random.chance(0.1))) return;
    const arrive = (): void => {
      this.asks.push({ ...ask, from: from.id });
    };
    if (this.manual) {
      // A test decides: nothing happens to asks that it does not do itself.
      arrive();
      return;
    }
    time.after(random.between(1, 20), arrive);
    if (random.chance(0.2)) time.after(random.between(20, 1500), arrive);
  }

  #repeat(): void {
    const { time, random } = this.#world;
    time.after(random.between(TICK_MS / 2, TICK_MS * 1.5), () => {
      if (!this.down && !this.manual) this.#world.guard(() => this.#tick());
      this.#repeat();
    });
  }

  #tick(): void {
    const draft: Draft = {
      version: this.map.version + 1,
      members: [...this.map.members],
      rows: [...this.map.rows],
      fenced: new Set(),
    };
    const rebooted = this.#judge(draft);
    draft.rows = draft.rows.map((row) => this.#settle(draft, row, rebooted));
    this.#grant(draft);
    if (this.#world.calm) this.#restore(draft);
    else if (this.#world.random.chance(this.unrest)) this.#move(draft);
    draft.members = draft.members.map((member) =>
      draft.fenced.has(member.id) && !this.#world.flaws.has("asks-not-fenced")
        ? { ...member, changedAt: draft.version }
        : member,
    );
    this.#publish(draft);
  }

  #publish(draft: Draft): void {
    const { rows, members } = this.map;
    const same =
      draft.rows.every((row, slot) => row === rows[slot]) &&
      draft.members.length === members.length &&
      draft.members.every((member, index) => member === members[index]);
    if (!same) {
      const before = this.map;
      this.map = { version: draft.version, members: draft.members, rows: draft.rows };
      draft.rows.forEach((row, slot) => {
        if (row.primary !== before.rows[slot]?.primary) this.#world.count("primary changed");
        if (row.inSync !== before.rows[slot]?.inSync) this.#world.oracle.checkInSync(slot);
      });
    }
    const { random, time, machines } = this.#world;
    const { map } = this;
    for (const { process, controlCut } of machines) {
      if (process === undefined || controlCut || process.map?.version === map.version) continue;
      if (random.chance(this.#world.calm ? 0 : 0.25)) continue;
      const late = random.chance(0.1) ? random.between(0, 400) : random.between(0.5, 8);
      time.after(late, () => process.deliver(() => process.follow(map)));
    }
  }

  // ---- members --------------------------------------------------------------------------------

  /** Brings members up to date; returns those that were started anew. */
  #judge(draft: Draft): ReadonlySet<NodeId> {
    const rebooted = new Set<NodeId>();
    const { machines } = this.#world;
    draft.members = draft.members.map((member) => {
      const machine = machines[member.machine];
      const present = machine?.id === member.id;
      const boot = present && this.#hears(machine.index) ? machine.boot : member.boot;
      if (boot > member.boot) rebooted.add(member.id);
      const state = this.#stateOf(member);
      if (state === member.state && boot === member.boot) return member;
      return { ...member, state, boot, changedAt: draft.version };
    });
    for (const { id, index, boot } of machines) {
      if (draft.members.some((member) => member.id === id) || !this.#hears(index)) continue;
      draft.members.push({ id, machine: index, boot, state: "up", changedAt: draft.version });
    }
    return rebooted;
  }

  #hears(index: number): boolean {
    const machine = this.#world.machines[index];
    return machine?.process !== undefined && !machine.paused && !machine.controlCut;
  }

  #stateOf(member: SimMember): "up" | "down" {
    const { random, time, machines, timing } = this.#world;
    const machine = machines[member.machine];
    if (machine?.id !== member.id) return "down";
    const dead = machine.process === undefined || machine.paused || this.#isIsolated(member.machine);
    if (!dead) {
      this.#badSince.delete(member.id);
      const heard = machine.process !== undefined && !machine.controlCut;
      if (member.state === "down") return heard ? "up" : "down";
      return !this.#world.calm && random.chance(0.002) ? "down" : "up";
    }
    const since = this.#badSince.get(member.id) ?? time.nowMs;
    this.#badSince.set(member.id, since);
    const patience = machine.process === undefined ? random.between(0, 60) : timing.deadAfterMs;
    return time.nowMs - since >= patience ? "down" : member.state;
  }

  /** Half of the others or more do not hear it. */
  #isIsolated(index: number): boolean {
    const { machines, network } = this.#world;
    const others = machines.filter((machine) => machine.index !== index);
    const deaf = others.filter(
      (machine) => network.isCut(index, machine.index) || network.isCut(machine.index, index),
    );
    return deaf.length * 2 >= others.length && deaf.length > 0;
  }

  // ---- rows -----------------------------------------------------------------------------------

  #isUp(draft: Draft, id: NodeId): boolean {
    return draft.members.find((member) => member.id === id)?.state === "up";
  }
  /** The disk of this member does not exist any more. */
  #isGone(id: NodeId): boolean {
    return !this.#world.machines.some((machine) => machine.id === id);
  }

  #settle(draft: Draft, row: PartitionRow, rebooted: ReadonlySet<NodeId>): PartitionRow {
    const lasting = narrow(row.inSync, (id) => !this.#isGone(id));
    const inSync = narrow(lasting, (id) => this.#isUp(draft, id));
    const { primary } = row;
    const stays =
      primary !== null && this.#isUp(draft, primary) && inSync.includes(primary) && !rebooted.has(primary);
    if (stays) return inSync.length === row.inSync.length ? row : { ...row, inSync };
    const willing = inSync.filter((id) => this.#isUp(draft, id));
    const elected = this.#world.random.pick(willing) ?? null;
    if (elected === null && primary !== null && inSync.includes(primary) && !rebooted.has(primary)) {
      // Nobody can take it: it may keep its row, epoch and all, or lose it.
      const keeps = !this.#isGone(primary) && this.#world.random.chance(0.7);
      if (keeps) return inSync.length === row.inSync.length ? row : { ...row, inSync };
    }
    if (elected === null && primary === null && inSync.length === row.inSync.length) return row;
    if (elected === null && primary === null) return { ...row, inSync };
    return { ...row, epoch: row.epoch + 1, primary: elected, inSync };
  }

  #grant(draft: Draft): void {
    for (const ask of this.asks.splice(0)) {
      const row = draft.rows[ask.slot];
      const member = draft.members.find((one) => one.id === ask.member);
      if (row === undefined || row.epoch !== ask.epoch || ask.from !== row.primary) continue;
      if (!ask.add) {
        if (ask.member === row.primary || !row.inSync.includes(ask.member)) continue;
        this.#world.count("taken out of sync");
        draft.fenced.add(ask.member);
        draft.rows[ask.slot] = { ...row, inSync: row.inSync.filter((id) => id !== ask.member) };
        continue;
      }
      const stale = member === undefined || ask.mapVersion < member.changedAt || draft.fenced.has(ask.member);
      if (row.inSync.includes(ask.member) || !row.assigned.includes(ask.member)) continue;
      if (stale && !this.#world.flaws.has("stale-asks-granted")) {
        this.#world.count("stale ask refused");
        continue;
      }
      if (member?.state !== "up") continue;
      this.#world.count("granted in sync");
      draft.rows[ask.slot] = { ...row, inSync: [...row.inSync, ask.member] };
    }
  }

  /** Something changes for no reason. */
  #move(draft: Draft): void {
    const { random } = this.#world;
    const slot = random.int(draft.rows.length);
    const row = draft.rows[slot];
    if (row === undefined || row.primary === null) return;
    const successor = random.pick(
      row.inSync.filter((id) => id !== row.primary && this.#isUp(draft, id) && !draft.fenced.has(id)),
    );
    const newcomer = random.pick(
      draft.members.filter(({ id, state }) => state === "up" && !row.assigned.includes(id)),
    );
    const surplus = random.pick(row.assigned.filter((id) => id !== row.primary));
    const choice = random.int(4);
    if (choice <= 1 && successor !== undefined) {
      this.#world.count("primary moved");
      draft.rows[slot] = { ...row, epoch: row.epoch + 1, primary: successor };
    } else if (choice === 2 && newcomer !== undefined) {
      draft.rows[slot] = { ...row, assigned: [...row.assigned, newcomer.id] };
    } else if (choice === 3 && surplus !== undefined && this.#mayRetire(row, surplus)) {
      this.#world.count("replica retired");
      draft.fenced.add(surplus);
      draft.rows[slot] = without(row, surplus);
    }
  }

  /** In-sync copies are given up only down to two, or the faults allowed would lose data. */
  #mayRetire(row: PartitionRow, id: NodeId): boolean {
    return !row.inSync.includes(id) || row.inSync.length > 2;
  }

  /** Calm: every row gets the copies it should have. */
  #restore(draft: Draft): void {
    draft.rows = draft.rows.map((row) => {
      const gone = row.assigned.filter((id) => this.#isGone(id) && !row.inSync.includes(id));
      const kept =
        gone.length === 0 ? row : { ...row, assigned: row.assigned.filter((id) => !gone.includes(id)) };
      const fit = draft.members.filter(({ id, state }) => state === "up" && !kept.assigned.includes(id));
      const lacking = Math.min(this.#world.replicationFactor - kept.assigned.length, fit.length);
      if (lacking <= 0) return kept;
      return { ...kept, assigned: [...kept.assigned, ...fit.slice(0, lacking).map((member) => member.id)] };
    });
  }
}

function without(row: PartitionRow, id: NodeId): PartitionRow {
  const keep = (other: NodeId): boolean => other !== id;
  return { ...row, inSync: row.inSync.filter(keep), assigned: row.assigned.filter(keep) };
}

/** Those that pass, or all when none does. */
function narrow(list: readonly NodeId[], passes: (id: NodeId) => boolean): readonly NodeId[] {
  const left = list.filter(passes);
  return left.length === 0 || left.length === list.length ? list : left;
}
