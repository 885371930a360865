/**
 * One run of a drill: the stage, the workload in each datacenter, the looks at the processes, and what
 * the steps of a scenario find. Steps speak to this and to nothing else.
 */
import type { Client } from "aerospike";
import { MeridianError } from "../../common/errors.ts";
import type { Orphan } from "../failover/orphans.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";
import { type NamespaceVerdict, verifyNamespace } from "../verify/verify-namespace.ts";
import { askShippers, ClusterLooks } from "./cluster-looks.ts";
import { type DoubtfulWrite, historiesOf, lostWrites, type SentWrite } from "./findings.ts";
import { OperationLog } from "./operation-log.ts";
import type { Stage } from "./stage.ts";
import { readRecords, type SurvivorRecord } from "./survivor.ts";
import { IN_FLIGHT_MAX, Workload } from "./workload.ts";

export interface DrillOptions {
  readonly rate: number;
  readonly keys: number;
  /** Share of reads, 0 to 1. */
  readonly reads: number;
  readonly hot: number;
  /** How long each fault stands, and how long the load runs before the first. */
  readonly durationMs: number;
  readonly seed: number;
  readonly namespace: string;
  /** dc-loss: the WAN is cut so long before the datacenter dies. */
  readonly cutBeforeMs: number;
}

export const DRILL_DEFAULTS: Omit<DrillOptions, "seed"> = {
  rate: 500,
  keys: 10_000,
  reads: 0.2,
  hot: 0.7,
  durationMs: 10_000,
  namespace: "test",
  cutBeforeMs: 0,
};

/** A moment that the report shows: a fault, its repair, or a move of the load. */
export interface Mark {
  readonly atMs: number;
  readonly kind: "fault" | "repair" | "load";
  readonly label: string;
}

/** What the load's recovery is measured after, until the next fault or repair, or the end. */
export interface Disturbance {
  readonly atMs: number;
  /** A repair disturbs as well: nodes that come back take over again. */
  readonly kind: "fault" | "repair";
  readonly label: string;
  /** The datacenter whose primaries change hands; absent when none do. */
  readonly datacenter?: string | undefined;
}

/** Acknowledged writes of `origin` that `survivor` did not have at a moment. */
export interface Loss {
  readonly origin: string;
  readonly survivor: string;
  readonly faultMs: number;
  readonly lost: readonly SentWrite[];
  readonly doubts: readonly DoubtfulWrite[];
}

/** What a datacenter brought back after a failover, besides what its writes in the list of losses say. */
export interface Returned {
  readonly origin: string;
  readonly survivor: string;
  /** Changes of the drill's records that it had committed and the survivor had not applied. */
  readonly orphans: readonly Orphan[];
  /** The same of other records: the user's own traffic. */
  readonly others: number;
  readonly unknownPartitions: number;
}

export interface DrillEvents {
  say(line: string): void;
  /** Aborted when the user has had enough: whatever is waited for is broken off. */
  readonly signal: AbortSignal;
}

const CONVERGENCE_MS = 120_000;
const DRAIN_MS = 20_000;
/** What was taken from the bus has its outcome when nothing has moved for so long. */
const STILL_MS = 500;
const WAIT_INTERVAL_MS = 20;

export class Drill {
  readonly stage: Stage;
  readonly options: DrillOptions;
  readonly log: OperationLog;
  readonly startedAt = new Date();
  /** Of its own each time: records of an earlier drill must not be in the way. */
  readonly set: string;
  readonly marks: Mark[] = [];
  readonly disturbances: Disturbance[] = [];
  readonly losses: Loss[] = [];
  readonly returned: Returned[] = [];
  readonly notes: string[] = [];
  convergence: NamespaceVerdict | undefined;
  /** The records at the end, the same in every datacenter when they have converged. */
  finalRecords: ReadonlyMap<number, SurvivorRecord> | undefined;
  readonly #originMs = performance.now();
  readonly #events: DrillEvents;
  readonly #clients = new Map<string, Client>();
  readonly #workloads = new Map<string, Workload>();
  #looks: ClusterLooks | undefined;

  constructor(stage: Stage, options: DrillOptions, events: DrillEvents) {
    this.stage = stage;
    this.options = options;
    this.#events = events;
    this.log = new OperationLog(stage.datacenters.length);
    this.set = `drill-${this.startedAt.getTime().toString(36)}`;
  }

  /** Milliseconds since the drill began. */
  readonly nowMs = (): number => performance.now() - this.#originMs;

  /** Connects the clients and begins to look. */
  async open(): Promise<void> {
    for (const [datacenter, layout] of this.stage.datacenters.entries()) {
      const client = await this.stage.connect(layout, IN_FLIGHT_MAX);
      this.#clients.set(layout.name, client);
      const { namespace, rate, keys, reads, hot, seed } = this.options;
      const options = {
        ...{ datacenter, namespace, set: this.set, rate, keys, reads, hot },
        sourceIds: this.stage.datacenters.map(({ sourceId }) => sourceId),
        seed: seed + datacenter,
      };
      this.#workloads.set(layout.name, new Workload(client, options, this.log, this.nowMs));
    }
    this.#looks = new ClusterLooks(this.stage.datacenters, this.nowMs);
  }

  /** Ends the load and the looks. */
  async settle(): Promise<void> {
    await Promise.all([...this.#workloads.values()].map((workload) => workload.stop()));
    await this.#looks?.stop();
  }

  get looks(): Pick<ClusterLooks, "nodes" | "lags"> {
    return this.#looks ?? { nodes: [], lags: [] };
  }

  shedOf(datacenter: string): number {
    return this.#workload(datacenter).shed;
  }

  say(line: string): void {
    this.#events.say(line);
  }

  /** Something worth knowing that is no number of the report. */
  note(line: string): void {
    this.notes.push(line);
    this.say(line);
  }

  mark(kind: Mark["kind"], label: string): number {
    const atMs = this.nowMs();
    this.marks.push({ atMs, kind, label });
    return atMs;
  }

  /** Marks a fault whose recovery the report measures; its time. */
  fault(label: string, datacenter?: string): number {
    return this.#disturb("fault", label, datacenter);
  }

  /** Marks the repair of a fault: what it costs is measured as well. */
  repair(label: string, datacenter?: string): void {
    this.#disturb("repair", label, datacenter);
  }

  #disturb(kind: Disturbance["kind"], label: string, datacenter: string | undefined): number {
    const atMs = this.mark(kind, label);
    this.disturbances.push({ atMs, kind, label, datacenter });
    return atMs;
  }

  /** Starts the load in a datacenter, on the keys that it may write. */
  startLoad(datacenter: string, mayWrite?: (key: number) => boolean): void {
    this.#workload(datacenter).start(mayWrite);
    this.mark("load", `load in ${datacenter}`);
  }

  async stopLoad(datacenter: string): Promise<void> {
    await this.#workload(datacenter).stop();
  }

  /** As users are sent elsewhere: nothing new in the one, at once everything in the other. */
  async moveLoad(from: string, to: string): Promise<void> {
    const stopped = this.#workload(from).stop();
    this.startLoad(to);
    await stopped;
  }

  /** Lets the load run for a time: the time is what is asked for. */
  async run(ms: number): Promise<void> {
    const untilMs = this.nowMs() + ms;
    await waitUntil(() => this.#goesOn() && this.nowMs() >= untilMs, {
      timeoutMs: ms + 1000,
      intervalMs: WAIT_INTERVAL_MS,
    });
  }

  /** Waits for a condition; UNAVAILABLE with what was waited for when it does not come. */
  async until(what: string, timeoutMs: number, condition: () => boolean | Promise<boolean>): Promise<void> {
    const met = async (): Promise<boolean> => this.#goesOn() && (await condition());
    if (await waitUntil(met, { timeoutMs, intervalMs: WAIT_INTERVAL_MS })) return;
    throw new MeridianError("UNAVAILABLE", `waited ${timeoutMs / 1000} s for ${what}`);
  }

  /** No operation sent to the datacenter in the last `ms` was answered, and some were sent. */
  isSilent(datacenter: string, ms: number): boolean {
    const index = this.stage.datacenters.findIndex(({ name }) => name === datacenter);
    let failed = 0;
    for (let row = this.log.rowAt(this.nowMs() - ms); row < this.log.length; row++) {
      const operation = this.log.at(row);
      if (operation.datacenter !== index) continue;
      if (operation.outcome === "applied") return false;
      failed += 1;
    }
    return failed > 0;
  }

  /** Everything that a datacenter had taken from another's bus has its outcome. */
  async drained(survivor: SetupDatacenter, origin: string): Promise<void> {
    let last = "";
    let stillSinceMs = this.nowMs();
    await this.until(`${survivor.name} to apply what it has of ${origin}`, DRAIN_MS, async () => {
      const taken = (await askShippers(survivor)).flatMap(({ origins }) => origins[origin] ?? []);
      const seen = taken.map(({ messagesReceived, pendingBytes }) => `${messagesReceived} ${pendingBytes}`);
      const isWaiting =
        taken.length < survivor.shippers.length || taken.some(({ pendingBytes }) => pendingBytes > 0);
      if (isWaiting || seen.join() !== last) stillSinceMs = this.nowMs();
      last = seen.join();
      return this.nowMs() - stillSinceMs >= STILL_MS;
    });
  }

  /** Which acknowledged writes of `origin` the survivor does not have now. */
  async findLoss(origin: SetupDatacenter, survivor: SetupDatacenter, faultMs: number): Promise<Loss> {
    const histories = historiesOf(this.log, this.stage.datacenters.indexOf(origin));
    const records = await this.readAll(survivor.name, [...histories.keys()]);
    const { lost, doubts } = lostWrites(histories, origin.sourceId, records, "survivor");
    const loss = { origin: origin.name, survivor: survivor.name, faultMs, lost, doubts };
    this.losses.push(loss);
    return loss;
  }

  /** Lists what a closed datacenter has come back with, before it serves again. */
  async findOrphans(origin: SetupDatacenter, survivor: SetupDatacenter): Promise<Returned> {
    const { orphans, unknown } = await this.stage.listOrphans(origin, survivor);
    for (const { namespace, partitions, reason } of unknown) {
      this.note(`of ${partitions.length} partitions of ${namespace} it cannot be told: ${reason}`);
    }
    const own = orphans.filter(
      ({ namespace, set }) => namespace === this.options.namespace && set === this.set,
    );
    const returned: Returned = {
      ...{ origin: origin.name, survivor: survivor.name, orphans: own },
      others: orphans.length - own.length,
      unknownPartitions: unknown.reduce((sum, { partitions }) => sum + partitions.length, 0),
    };
    this.returned.push(returned);
    return returned;
  }

  async readAll(datacenter: string, keys: readonly number[]): Promise<Map<number, SurvivorRecord>> {
    const client = this.#clients.get(datacenter);
    if (client === undefined) throw new MeridianError("NOT_RUNNING", `no client of ${datacenter}`);
    const { namespace } = this.options;
    const sourceIds = this.stage.datacenters.map(({ sourceId }) => sourceId);
    return await readRecords(client, { namespace, set: this.set }, keys, sourceIds);
  }

  /** Compares all datacenters, and reads the records that all have in the end. */
  async converge(): Promise<void> {
    const { datacenters } = this.stage;
    this.convergence = await verifyNamespace({
      ...{ datacenters, namespace: this.options.namespace, waitMs: CONVERGENCE_MS },
      onProgress: () => undefined,
    });
    const keys = new Set<number>();
    for (const { isWrite, key } of this.log.rows()) if (isWrite) keys.add(key);
    const [first] = datacenters;
    if (first !== undefined) this.finalRecords = await this.readAll(first.name, [...keys]);
  }

  /** Throws the reason when the drill is to be broken off. */
  #goesOn(): true {
    this.#events.signal.throwIfAborted();
    return true;
  }

  #workload(datacenter: string): Workload {
    const workload = this.#workloads.get(datacenter);
    if (workload === undefined) throw new MeridianError("NOT_FOUND", `no datacenter ${datacenter} here`);
    return workload;
  }
}
