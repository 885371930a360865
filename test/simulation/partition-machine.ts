/** A simulated machine: a disk that outlives processes, a clock of its own, and at most one process. */
import type { NodeId } from "../../proto/cluster-map.ts";
import { Disk } from "./partition-disk.ts";
import { NodeProcess } from "./partition-process.ts";
import type { PartitionWorld } from "./partition-world.ts";

export class Machine {
  readonly world: PartitionWorld;
  readonly index: number;
  id: NodeId;
  disk: Disk;
  boot = 0;
  process: NodeProcess | undefined;
  /** When it was last started. */
  startedMs = 0;
  /** The control plane cannot be reached. */
  controlCut = false;
  /** One flush, milliseconds: from, to. */
  flushRangeMs: readonly [number, number];
  readonly #clockOffsetMs: number;
  readonly #clockRate: number;
  #backlog: (() => void)[] | undefined;
  #paused = false;

  constructor(world: PartitionWorld, index: number) {
    this.world = world;
    this.index = index;
    this.id = world.newId();
    this.disk = new Disk(world.slotCount);
    this.flushRangeMs = world.timing.flushRangeMs;
    this.#clockOffsetMs = world.random.between(0, 1e6);
    this.#clockRate = world.random.between(0.98, 1.02);
  }

  get paused(): boolean {
    return this.#paused;
  }
  clockMs(): number {
    return this.#clockOffsetMs + this.world.time.nowMs * this.#clockRate;
  }
  flushMs(): number {
    return this.world.random.between(...this.flushRangeMs);
  }

  /** Runs something in a process: later when the machine is paused, never once it is dead. */
  run(process: NodeProcess, run: () => void): void {
    if (this.process !== process) return;
    if (this.#backlog === undefined) this.world.guard(run);
    else this.#backlog.push(() => this.process === process && this.world.guard(run));
  }

  start(): void {
    if (this.process !== undefined) return;
    this.boot++;
    this.startedMs = this.world.time.nowMs;
    this.world.guard(() => {
      this.process = new NodeProcess(this);
      this.process.start();
    });
  }

  /** Kill -9 and power cut in one: what is not flushed is gone, connections break. */
  crash(): void {
    const { process } = this;
    if (process === undefined) return;
    process.commit.crash(this.world.random.chance(0.5));
    this.process = undefined;
    this.#paused = false;
    this.#backlog = undefined;
    this.world.closeConnections(process);
  }

  /** A new, empty disk: a new member. */
  wipe(): void {
    this.crash();
    this.id = this.world.newId();
    this.disk = new Disk(this.world.slotCount);
    this.boot = 0;
  }

  pause(): void {
    if (this.process === undefined) return;
    this.#paused = true;
    this.#backlog ??= [];
  }
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#drain();
  }

  /** One by one, so that what a step schedules comes in between, as it would. */
  #drain(): void {
    const backlog = this.#backlog;
    if (this.#paused || backlog === undefined) return;
    const next = backlog.shift();
    if (next === undefined) {
      this.#backlog = undefined;
      return;
    }
    next();
    this.world.time.after(0, () => {
      if (this.#backlog === backlog) this.#drain();
    });
  }
}
