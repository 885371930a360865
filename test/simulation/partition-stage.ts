/**
 * A simulated datacenter in the hands of a test: one slot, even speeds, no fault but those asked for,
 * and no controller but the test, which makes each map and says who gets it.
 */
import type { Partition } from "../../node/partition/partition.ts";
import type { NodeId } from "../../proto/cluster-map.ts";
import type { Broken } from "./partition-schedule.ts";
import { PartitionWorld } from "./partition-world.ts";

export const LEASE_MS = 400;

export interface RowChange {
  readonly primary?: number | null;
  readonly inSync?: readonly number[];
  readonly assigned?: readonly number[];
  /** Members that go down or come up. */
  readonly down?: readonly number[];
  readonly up?: readonly number[];
}

export interface Answer {
  /** Undefined until there is one. */
  outcome: string | undefined;
}

export class Stage {
  readonly world: PartitionWorld;
  readonly #ids: NodeId[];

  constructor(machines: number, broken: Broken = {}) {
    this.world = new PartitionWorld(1, {
      machines,
      slots: 1,
      replicationFactor: machines,
      timing: { leaseMs: LEASE_MS, beaconMs: 100, deadAfterMs: 600, flushRangeMs: [1, 1] },
      latencyMs: [1, 1],
      ...broken,
    });
    this.world.network.calm = true;
    this.world.controller.manual = true;
    this.#ids = this.world.machines.map((machine) => machine.id);
    for (const { process } of this.world.machines) {
      const { map } = this.world.controller;
      process?.deliver(() => process.follow(map));
    }
    this.until("machine 0 serves", () => this.serves(0));
    this.run(50);
  }

  partition(index: number): Partition {
    const { process } = this.world.machine(index);
    if (process === undefined) throw new Error(`machine ${index} is down`);
    return process.partition(0);
  }
  serves(index: number): boolean {
    return this.world.machine(index).process?.couldAnswer(0) === true;
  }
  inSync(): number[] {
    return this.world.controller.row(0).inSync.map((id) => this.#ids.indexOf(id));
  }
  table(index: number): ReadonlyMap<string, string> {
    return this.world.machine(index).disk.slot(0).records;
  }

  run(forMs: number): void {
    this.world.run(forMs);
  }
  until(what: string, holds: () => boolean): void {
    this.world.until(what, 10_000, holds);
  }

  /** The next map. It reaches the machines named, at once; the others when `tell` is called. */
  map(change: RowChange, ...to: readonly number[]): void {
    const { controller, flaws } = this.world;
    const row = controller.row(0);
    const version = controller.map.version + 1;
    const ids = (list: readonly number[] | undefined, old: readonly NodeId[]): readonly NodeId[] =>
      list === undefined ? old : list.map((index) => this.#ids[index] ?? "");
    const primary = change.primary === undefined ? row.primary : this.#id(change.primary);
    const next = {
      epoch: row.epoch + (primary === row.primary ? 0 : 1),
      primary,
      inSync: ids(change.inSync, row.inSync),
      assigned: ids(change.assigned, row.assigned),
    };
    const members = controller.map.members.map((member) => {
      const state = this.#newState(member.machine, change) ?? member.state;
      const { boot } = this.world.machine(member.machine);
      const loses =
        (row.inSync.includes(member.id) && !next.inSync.includes(member.id)) ||
        (row.assigned.includes(member.id) && !next.assigned.includes(member.id));
      const changed = state !== member.state || boot !== member.boot;
      if (!changed && (!loses || flaws.has("asks-not-fenced"))) return member;
      return { ...member, state, boot, changedAt: version };
    });
    controller.map = { version, members, rows: [next] };
    this.world.guard(() => this.world.oracle.checkInSync(0));
    this.tell(...to);
  }
  tell(...to: readonly number[]): void {
    const { map } = this.world.controller;
    for (const index of to) {
      const { process } = this.world.machine(index);
      process?.deliver(() => process.follow(map));
    }
  }
  /** Grants what primaries have asked for, by the rule, and tells everybody. */
  grant(): void {
    const { asks, map } = this.world.controller;
    const careless = this.world.flaws.has("stale-asks-granted");
    for (const ask of asks.splice(0)) {
      const row = this.world.controller.row(0);
      const member = map.members.find((one) => one.id === ask.member);
      if (ask.epoch !== row.epoch || row.primary !== ask.from) continue;
      const others = row.inSync.filter((id) => id !== ask.member);
      if (!ask.add) this.map({ inSync: others.map((id) => this.#ids.indexOf(id)) });
      else if (member?.state === "up" && (careless || ask.mapVersion >= member.changedAt)) {
        this.map({ inSync: [...others, ask.member].map((id) => this.#ids.indexOf(id)) });
      }
    }
    this.tell(...this.world.machines.map((machine) => machine.index));
  }

  write(index: number, key = "k"): Answer & { readonly value: string } {
    const answer: Answer = { outcome: undefined };
    const value = this.world.write(index, 0, key, (outcome) => {
      answer.outcome = outcome;
    });
    return Object.assign(answer, { value });
  }
  /** A write that is applied before this returns. */
  wrote(index: number, key = "k"): string {
    const answer = this.write(index, key);
    this.until(`a write at machine ${index} is answered`, () => answer.outcome !== undefined);
    if (answer.outcome !== "applied") throw new Error(`the write is ${answer.outcome}`);
    return answer.value;
  }
  /** What a client reads at a machine now; null when it is refused or not answered in time. */
  read(index: number, key = "k"): string | undefined | null {
    let shown: string | undefined | null = null;
    this.world.read(index, 0, key, (value) => {
      shown = value;
    });
    this.run(LEASE_MS / 2);
    return shown;
  }

  /** A machine dies, and with it what it has sent and cuts have held. Cuts are over. */
  crash(index: number): void {
    this.world.machine(index).crash();
    this.world.network.dropHeld();
    this.world.network.healAll();
  }
  cut(from: number, to: number): void {
    this.world.network.cut(from, to);
  }
  isolate(index: number): void {
    for (const { index: other } of this.world.machines) {
      if (other === index) continue;
      this.cut(index, other);
      this.cut(other, index);
    }
  }
  /** Flushes of a machine take this long from now on. */
  disk(index: number, flushMs: number): void {
    this.world.machine(index).flushRangeMs = [flushMs, flushMs];
  }

  /** Ends all faults, gives the row to a controller that works, and checks everything at rest. */
  rest(): void {
    this.world.heal();
    this.world.checkRecovery(20_000);
  }

  #id(index: number | null): NodeId | null {
    return index === null ? null : (this.#ids[index] ?? null);
  }
  #newState(index: number, change: RowChange): "up" | "down" | undefined {
    if (change.down?.includes(index)) return "down";
    return change.up?.includes(index) ? "up" : undefined;
  }
}
