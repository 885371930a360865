/**
 * A random schedule for the simulated datacenter: every seed draws its own cluster, speeds and mix
 * of faults (some runs have none of a kind, others little else), runs load and faults, then calm.
 */
import type { Checker } from "./partition-oracle.ts";
import { type Flaw, type MakePartition, PartitionWorld, type WorldOptions } from "./partition-world.ts";
import { Random } from "./virtual-time.ts";

/** Calm must bring everything back within this, in virtual milliseconds. */
const RECOVERY_MS = 20_000;

export interface Outcome {
  readonly seed: number;
  readonly options: string;
  readonly checker: Checker | undefined;
  readonly message: string;
  readonly events: number;
  readonly acked: number;
  readonly reads: number;
  readonly counts: ReadonlyMap<string, number>;
}

interface Weights {
  readonly crash: number;
  readonly crashAll: number;
  readonly pause: number;
  readonly cut: number;
  readonly cutOneWay: number;
  readonly breakLink: number;
  readonly slowDisk: number;
  readonly controlCut: number;
  readonly controllerDown: number;
  readonly wipe: number;
  readonly trim: number;
}

type FaultName = keyof Weights;

export interface Broken {
  readonly flaws?: readonly Flaw[];
  readonly makePartition?: MakePartition | undefined;
}

/** What every seed shall have in common: to look where a certain fault would show. */
export interface Focus {
  readonly options?: Partial<WorldOptions>;
  readonly weights?: Partial<Weights>;
  readonly unrest?: number;
  readonly faultEveryMs?: number;
}

export function runSeed(seed: number, broken: Broken = {}, focus: Focus = {}): Outcome {
  const random = new Random(seed ^ 0x5bd1e995);
  const options = { ...drawOptions(random), ...focus.options };
  const weights = { ...drawWeights(random), ...focus.weights };
  const world = new PartitionWorld(seed, { ...options, ...broken });
  const schedule = new Schedule(world, random, weights, focus);
  schedule.run(random.between(1500, 5000));
  world.heal();
  if (world.violation === undefined) world.checkRecovery(RECOVERY_MS);
  return {
    seed,
    options: JSON.stringify({ ...options, unrest: world.controller.unrest, weights }),
    checker: world.violation?.checker,
    message: world.violation?.message ?? "",
    events: world.time.count,
    acked: world.oracle.acked,
    reads: world.oracle.reads,
    counts: world.counts,
  };
}

function drawOptions(random: Random): WorldOptions {
  const machines = 2 + random.int(3);
  const slow = random.chance(0.2);
  // A lease must outlast some round trips, or nothing can ever serve.
  const leaseMs = Math.round(slow ? random.between(400, 900) : random.between(120, 500));
  return {
    machines,
    slots: 1 + random.int(2),
    replicationFactor: Math.min(machines, 2 + random.int(2)),
    timing: {
      leaseMs,
      beaconMs: Math.round(leaseMs / random.between(4, 8)),
      deadAfterMs: Math.round(leaseMs * random.between(0.5, 2)),
      flushRangeMs: random.chance(0.3) ? [1, 30] : [0.5, 4],
    },
    latencyMs: slow ? [10, 80] : [0.3, 5],
  };
}

function drawWeights(random: Random): Weights {
  const draw = (usual: number): number => {
    const kind = random.int(4);
    return kind === 0 ? 0 : kind === 1 ? usual * 4 : usual;
  };
  return {
    crash: draw(3),
    crashAll: draw(0.5),
    pause: draw(2),
    cut: draw(2),
    cutOneWay: draw(2),
    breakLink: draw(3),
    slowDisk: draw(1),
    controlCut: draw(2),
    controllerDown: draw(0.5),
    wipe: draw(0.7),
    trim: draw(2),
  };
}

class Schedule {
  readonly #world: PartitionWorld;
  readonly #random: Random;
  readonly #weights: Weights;
  readonly #keys: readonly string[];
  readonly #opEveryMs: number;
  readonly #faultEveryMs: number;

  constructor(world: PartitionWorld, random: Random, weights: Weights, focus: Focus) {
    this.#world = world;
    this.#random = random;
    this.#weights = weights;
    const keys = random.pick([1, 2, 5, 20]) ?? 1;
    this.#keys = Array.from({ length: keys }, (_, index) => `k${index}`);
    this.#opEveryMs = random.between(4, 40);
    this.#faultEveryMs = focus.faultEveryMs ?? random.between(60, 500);
    world.controller.unrest = focus.unrest ?? random.pick([0, 0.02, 0.1, 0.3, 0.7]) ?? 0;
  }

  run(forMs: number): void {
    this.#repeat(this.#opEveryMs, () => this.#operate());
    this.#repeat(this.#faultEveryMs, () => this.#fault());
    this.#world.run(forMs);
  }

  #repeat(everyMs: number, step: () => void): void {
    this.#world.time.after(this.#random.between(0, 2 * everyMs), () => {
      if (this.#world.calm) return;
      step();
      this.#repeat(everyMs, step);
    });
  }

  #operate(): void {
    const { machines } = this.#world;
    const slot = this.#random.int(this.#world.slotCount);
    const key = this.#random.pick(this.#keys) ?? "k0";
    const primary = this.#random.chance(0.7) ? this.#world.primaryOf(slot) : undefined;
    const index = primary ?? this.#random.int(machines.length);
    const draw = this.#random.next();
    if (draw < 0.5) this.#world.write(index, slot, key);
    else if (draw < 0.6) this.#world.remove(index, slot, key);
    else this.#world.read(index, slot, key);
  }

  #fault(): void {
    const names = Object.entries(this.#weights);
    let draw = this.#random.next() * names.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of names) {
      draw -= weight;
      if (draw >= 0) continue;
      this.#world.count(`fault: ${name}`);
      this.#inject(name);
      return;
    }
  }

  #inject(name: string): void {
    const faults: Record<FaultName, () => void> = {
      crash: () => this.#crash(this.#random.int(this.#world.machines.length)),
      crashAll: () => {
        for (const { index } of this.#world.machines) this.#crash(index);
      },
      pause: () => this.#pause(),
      cut: () => this.#cut(true),
      cutOneWay: () => this.#cut(false),
      breakLink: () => this.#breakLink(),
      slowDisk: () => this.#slowDisk(),
      controlCut: () => this.#controlCut(),
      controllerDown: () => this.#controllerDown(),
      wipe: () => this.#wipe(),
      trim: () => this.#trim(),
    };
    Object.entries(faults).find(([key]) => key === name)?.[1]();
  }

  /** Undoes a fault after a while, unless calm has come before. */
  #later(longestMs: number, undo: () => void): void {
    const { leaseMs } = this.#world.timing;
    const delayMs = this.#random.chance(0.5)
      ? this.#random.between(1, leaseMs)
      : this.#random.between(leaseMs / 2, longestMs);
    this.#world.time.after(delayMs, () => {
      if (!this.#world.calm) undo();
    });
  }

  #crash(index: number): void {
    const machine = this.#world.machine(index);
    machine.crash();
    this.#later(1500, () => machine.start());
  }
  #pause(): void {
    const machine = this.#world.machine(this.#random.int(this.#world.machines.length));
    machine.pause();
    this.#later(1500, () => machine.resume());
  }
  #pair(): readonly [number, number] {
    const { length } = this.#world.machines;
    const a = this.#random.int(length);
    return [a, (a + 1 + this.#random.int(length - 1)) % length];
  }
  #cut(bothWays: boolean): void {
    const [a, b] = this.#pair();
    const { network } = this.#world;
    network.cut(a, b);
    if (bothWays) network.cut(b, a);
    if (this.#random.chance(0.3)) network.break(a, b);
    this.#later(2000, () => {
      network.heal(a, b);
      network.heal(b, a);
    });
  }
  #breakLink(): void {
    const [a, b] = this.#pair();
    this.#world.network.break(a, b);
  }
  #slowDisk(): void {
    const machine = this.#world.machine(this.#random.int(this.#world.machines.length));
    machine.flushRangeMs = [20, 300];
    this.#later(1500, () => {
      machine.flushRangeMs = this.#world.timing.flushRangeMs;
    });
  }
  #controlCut(): void {
    const machine = this.#world.machine(this.#random.int(this.#world.machines.length));
    machine.controlCut = true;
    this.#later(2500, () => {
      machine.controlCut = false;
    });
  }
  #controllerDown(): void {
    const { controller } = this.#world;
    controller.down = true;
    this.#later(1000, () => {
      controller.down = false;
    });
  }

  /** Only where every slot keeps an in-sync copy on another disk: more is beyond what is promised. */
  #wipe(): void {
    const index = this.#random.int(this.#world.machines.length);
    const machine = this.#world.machine(index);
    const { rows } = this.#world.controller.map;
    const covered = rows.every(
      (row) =>
        !row.inSync.includes(machine.id) ||
        row.inSync.some((id) => id !== machine.id && this.#world.machines.some((other) => other.id === id)),
    );
    if (!covered) return;
    this.#world.count("wiped");
    machine.wipe();
    this.#later(800, () => machine.start());
  }

  /** Log entries are freed: what the trimmer may free, sometimes (disk full) more. */
  #trim(): void {
    const all = this.#random.chance(0.2);
    for (const { process, disk } of this.#world.machines) {
      if (process === undefined || !this.#random.chance(0.6)) continue;
      for (const { partition, slot } of process.replicas) {
        const copy = disk.slot(slot);
        const settled = partition.role === "primary" ? partition.committed : partition.durable;
        copy.trim(all ? copy.last : settled - this.#random.int(4));
      }
    }
  }
}
