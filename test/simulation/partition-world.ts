/**
 * A simulated datacenter of two to four nodes around the real partition core: clients, faults drawn
 * from a seed, then calm, in which everything must come to serve again. One seed, one history.
 */
import { AssertionError } from "../../common/assert.ts";
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import type { Effects } from "../../node/partition/effects.ts";
import type { LogExtent } from "../../node/partition/epoch-history.ts";
import { Partition } from "../../node/partition/partition.ts";
import { SimController } from "./partition-controller.ts";
import { Machine } from "./partition-machine.ts";
import type { Message } from "./partition-messages.ts";
import { type Connection, Network } from "./partition-network.ts";
import { type Checker, type Copy, Oracle, Violation } from "./partition-oracle.ts";
import type { NodeProcess } from "./partition-process.ts";
import { Random, VirtualTime } from "./virtual-time.ts";

export interface Timing {
  readonly leaseMs: number;
  readonly beaconMs: number;
  readonly deadAfterMs: number;
  readonly flushRangeMs: readonly [number, number];
}

/** Parts of the simulated shell or controller made wrong, to see that a checker notices. */
export type Flaw =
  | "ack-before-flush"
  | "lease-not-awaited"
  | "one-predecessor-awaited"
  | "truncate-without-repair"
  | "copies-uncommitted"
  | "repair-from-unflushed"
  | "answers-by-slot"
  | "no-copy-of-trimmed"
  | "silent-replacement"
  | "no-promise-to-older"
  | "grants-without-map"
  | "asks-not-fenced"
  | "stale-asks-granted";

export type MakePartition = (slot: number, self: NodeId, log: LogExtent, effects: Effects) => Partition;

export interface WorldOptions {
  readonly machines: number;
  readonly slots: number;
  readonly replicationFactor: number;
  readonly timing: Timing;
  readonly latencyMs: readonly [number, number];
  readonly flaws?: readonly Flaw[];
  readonly makePartition?: MakePartition | undefined;
}

export class PartitionWorld {
  readonly time = new VirtualTime();
  readonly random: Random;
  readonly timing: Timing;
  readonly slotCount: number;
  readonly replicationFactor: number;
  readonly flaws: ReadonlySet<Flaw>;
  readonly makePartition: MakePartition;
  readonly network: Network<Message>;
  readonly machines: Machine[] = [];
  readonly controller: SimController;
  readonly oracle: Oracle;
  /** How often the interesting things happened. */
  readonly counts = new Map<string, number>();
  violation: Violation | undefined;
  /** No faults any more. */
  calm = false;
  #idNumber = 0;
  #valueNumber = 0;

  constructor(seed: number, options: WorldOptions) {
    this.random = new Random(seed);
    this.timing = options.timing;
    this.slotCount = options.slots;
    this.replicationFactor = options.replicationFactor;
    this.flaws = new Set(options.flaws ?? []);
    this.makePartition = options.makePartition ?? ((...parts) => new Partition(...parts));
    this.network = new Network(this.time, this.random, options.latencyMs);
    for (let index = 0; index < options.machines; index++) this.machines.push(new Machine(this, index));
    this.oracle = new Oracle(
      options.slots,
      (slot) => this.#inSyncCopies(slot),
      (slot) => this.#answerers(slot),
    );
    for (const machine of this.machines) machine.start();
    const members = this.machines.map(({ id, index }) => {
      return { id, machine: index, boot: 1, state: "up", changedAt: 1 } as const;
    });
    const rows = Array.from({ length: options.slots }, (_, slot): PartitionRow => {
      const turned = [...members.slice(slot % members.length), ...members.slice(0, slot % members.length)];
      const assigned = turned.slice(0, options.replicationFactor).map((member) => member.id);
      return { epoch: 1, primary: assigned[0] ?? null, inSync: assigned, assigned };
    });
    this.controller = new SimController(this, { version: 1, members, rows });
  }

  newId(): NodeId {
    this.#idNumber++;
    return this.#idNumber.toString(16).toUpperCase().padStart(16, "0");
  }
  machine(index: number): Machine {
    const machine = this.machines[index];
    if (machine === undefined) throw new Error(`no machine ${index}`);
    return machine;
  }
  count(what: string, by = 1): void {
    if (by > 0) this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  /** Runs a step of the system under test; what it breaks ends the run. */
  guard(step: () => void): void {
    if (this.violation !== undefined) return;
    try {
      step();
    } catch (error) {
      if (error instanceof Violation) this.violation = error;
      else if (error instanceof AssertionError) this.fail("no assertion fails", `${error.stack}`);
      else throw error;
    }
  }
  fail(checker: Checker, message: string): void {
    this.violation ??= new Violation(checker, message);
  }

  run(forMs: number, done: () => boolean = () => false): void {
    this.time.run(this.time.nowMs + forMs, () => this.violation !== undefined || done());
  }
  /** Runs until the condition holds; a violation when it does not in time. */
  until(what: string, withinMs: number, holds: () => boolean): void {
    const endMs = this.time.nowMs + withinMs;
    while (this.violation === undefined && !holds()) {
      if (this.time.nowMs >= endMs) {
        this.fail("everything serves again", `not within ${withinMs} ms: ${what}; ${this.describe()}`);
        return;
      }
      this.run(10);
    }
  }

  // ---- the network ----------------------------------------------------------------------------

  dial(
    from: NodeProcess,
    index: number,
    id: NodeId,
    done: (connection: Connection<Message> | undefined) => void,
  ): void {
    this.time.after(this.network.latencyMs(), () => {
      const target = this.machine(index);
      const cut = this.network.isCut(from.machine, index) || this.network.isCut(index, from.machine);
      if (this.machine(from.machine).process !== from) return;
      if (cut || target.process === undefined || target.id !== id) {
        done(undefined);
        return;
      }
      const connection = this.network.connect(from, target.process);
      target.process.accept(connection);
      done(connection);
    });
  }
  closeConnections(process: NodeProcess): void {
    this.network.closeHost(process);
  }

  // ---- clients --------------------------------------------------------------------------------

  /** A write at a machine; `done` with the outcome. Undefined removes the record. */
  write(index: number, slot: number, key: string, done: (outcome: string) => void = () => undefined): string {
    const value = `v${++this.#valueNumber}`;
    this.#send(index, slot, key, value, done);
    return value;
  }
  remove(index: number, slot: number, key: string): void {
    this.#send(index, slot, key, undefined, () => undefined);
  }
  #send(
    index: number,
    slot: number,
    key: string,
    value: string | undefined,
    done: (outcome: string) => void,
  ): void {
    const operation = this.oracle.begin("write", slot, digestOf(slot, key), value);
    const { process } = this.machine(index);
    process?.deliver(() => {
      const taken = process.write(operation, (applied) => {
        if (applied) this.oracle.acknowledged(index, operation);
        else this.count("write in doubt");
        done(applied ? "applied" : "in doubt");
      });
      if (!taken) done("refused");
    });
  }
  /** A strong read at a machine; null when it is refused. */
  read(
    index: number,
    slot: number,
    key: string,
    done: (value: string | undefined | null) => void = () => undefined,
  ): void {
    const digest = digestOf(slot, key);
    const operation = this.oracle.begin("read", slot, digest, undefined);
    const { process } = this.machine(index);
    process?.deliver(() =>
      process.read(slot, digest, (value) => {
        if (value !== null) this.oracle.wasRead(index, operation, value);
        done(value);
      }),
    );
  }

  // ---- what the checkers see --------------------------------------------------------------------

  #inSyncCopies(slot: number): Copy[] {
    const copies: Copy[] = [];
    for (const id of this.controller.row(slot).inSync) {
      const machine = this.machines.find((one) => one.id === id);
      if (machine === undefined) continue;
      const { whole, records } = machine.disk.slot(slot);
      copies.push({ name: `machine ${machine.index} (${id.slice(-2)})`, whole, records });
    }
    return copies;
  }
  #answerers(slot: number): number[] {
    const able: number[] = [];
    for (const { process, paused, index } of this.machines) {
      if (process !== undefined && !paused && process.couldAnswer(slot)) able.push(index);
    }
    return able;
  }

  /** Machine of the newest row's primary. */
  primaryOf(slot: number): number | undefined {
    const { primary } = this.controller.row(slot);
    return this.machines.find((machine) => machine.id === primary)?.index;
  }

  // ---- calm -----------------------------------------------------------------------------------

  /** Ends every fault; what is dead is started. */
  heal(): void {
    this.calm = true;
    this.network.calm = true;
    this.controller.down = false;
    this.controller.manual = false;
    this.network.healAll();
    for (const machine of this.machines) {
      machine.controlCut = false;
      machine.flushRangeMs = this.timing.flushRangeMs;
      machine.resume();
      machine.start();
    }
  }

  /** After heal(): everything serves and is in sync, takes a write, and comes to rest equal. */
  checkRecovery(withinMs: number): void {
    this.until("every slot serves with all its copies", withinMs, () => this.#isWhole());
    for (let slot = 0; slot < this.slotCount; slot++) {
      let applied = false;
      let asked = -Infinity;
      this.until(`a write to slot ${slot} is applied`, withinMs, () => {
        if (!applied && this.time.nowMs - asked >= 50) {
          asked = this.time.nowMs;
          const primary = this.primaryOf(slot);
          if (primary !== undefined) {
            this.write(primary, slot, "last", (outcome) => {
              applied ||= outcome === "applied";
            });
          }
        }
        return applied;
      });
    }
    this.until("nothing is under way", withinMs, () => this.#isWhole() && this.#isQuiet());
    this.guard(() => {
      for (let slot = 0; slot < this.slotCount; slot++) this.oracle.checkAtRest(slot);
    });
  }

  #isWhole(): boolean {
    const { map } = this.controller;
    const current = this.machines.every(({ process }) => process?.map?.version === map.version);
    return (
      current &&
      map.rows.every((row, slot) => {
        const primary = this.machines.find((machine) => machine.id === row.primary)?.process;
        const copies = Math.min(this.replicationFactor, this.machines.length);
        const whole = row.inSync.length >= copies && row.inSync.length === row.assigned.length;
        return whole && primary?.couldAnswer(slot) === true;
      })
    );
  }
  #isQuiet(): boolean {
    return this.machines.every(({ process }) => {
      const idle = process?.quiet === true;
      return (
        idle &&
        process.replicas.every(({ partition, slot }) => {
          const settled = partition.role !== "primary" || partition.committed === partition.last;
          return (
            settled && (partition.role === "none" || partition.last === this.oracle.committedCount(slot))
          );
        })
      );
    });
  }

  describe(): string {
    const rows = this.controller.map.rows.map(
      (row, slot) =>
        `slot ${slot}: epoch ${row.epoch}, primary ${row.primary?.slice(-2)}, in sync ${row.inSync.map((id) =>
          id.slice(-2),
        )}, assigned ${row.assigned.map((id) => id.slice(-2))}`,
    );
    const nodes = this.machines.map(({ index, id, process }) => {
      const parts = process?.replicas.map(
        ({ partition }) =>
          `${partition.role}/${partition.phase} e${partition.epoch} ${partition.committed}/${partition.durable}/${partition.last} needs ${partition.required.map((peer) => peer.slice(-2))}`,
      );
      return `machine ${index} (${id.slice(-2)}) v${process?.map?.version}: ${parts?.join("; ") ?? "down"}`;
    });
    return [
      `at ${Math.round(this.time.nowMs)} ms, map ${this.controller.map.version}`,
      ...rows,
      ...nodes,
    ].join("\n  ");
  }
}

/** 20 bytes as a latin-1 string. */
function digestOf(slot: number, key: string): string {
  return `${slot}/${key}`.padEnd(20, " ").slice(0, 20);
}
