/**
 * A cluster reduced to what the controller's decision sees of it: processes that live, die, come
 * back, lose their disks; links between them; primaries that teach learners and ask for them. It
 * also keeps, on its own, who truly holds every committed write of each row, so that a map which
 * counts anybody else as in sync is caught.
 */
import { decide } from "../../node/controller/decide.ts";
import type {
  InSyncAsk,
  MemberReport,
  NamespaceRule,
  Observed,
  StartFenced,
} from "../../node/controller/observed.ts";
import type { ClusterMap, Fence, Member, NodeId, PartitionRow, ShutOuts } from "../../proto/cluster-map.ts";

export const TIMING = { beaconIntervalMs: 100, deadAfterMs: 1200, migrateFillDelayMs: 15_000 };

export interface Process {
  readonly name: string;
  id: NodeId;
  rackId: number;
  boot: number;
  alive: boolean;
  leaving: boolean;
  /** Frozen: neither reports nor answers, but its port accepts. Since when. */
  pausedAtMs: number | undefined;
  lastReportMs: number;
  startFenced: StartFenced;
}

export class ControlWorld {
  nowMs = 1_000_000;
  map: ClusterMap | undefined;
  readonly processes: Process[] = [];
  readonly reasons: string[] = [];
  readonly forgotten = new Set<NodeId>();
  fenceOrder: Fence | undefined;
  shutOutOrder: ShutOuts | undefined;
  readonly namespaces: NamespaceRule[];
  /** Asks on their way to the controller. */
  readonly inFlight: InSyncAsk[] = [];
  /** Member that its primaries want out at present. */
  askedOut: NodeId | undefined;
  /** Copies of asks that the network still has somewhere. */
  readonly late: InSyncAsk[] = [];
  readonly #downSince = new Map<NodeId, number>();
  /** By partition: members that hold every committed write. */
  readonly holders: Set<NodeId>[] = [];
  onDecision: (before: ClusterMap, after: ClusterMap) => void = () => {};
  #made = 0;

  constructor(names: readonly string[], namespaces: NamespaceRule[]) {
    this.namespaces = namespaces;
    for (const name of names) this.add(name, this.processes.length);
  }

  add(name: string, rackId: number): Process {
    const process: Process = {
      name,
      id: this.#newId(),
      rackId,
      boot: 1,
      alive: true,
      leaving: false,
      pausedAtMs: undefined,
      lastReportMs: this.nowMs,
      startFenced: "no",
    };
    this.processes.push(process);
    return process;
  }

  #newId(): NodeId {
    this.#made++;
    return this.#made.toString(16).toUpperCase().padStart(16, "0");
  }

  kill(process: Process): void {
    process.alive = false;
    process.pausedAtMs = undefined;
  }
  restart(process: Process): void {
    process.alive = true;
    process.leaving = false;
    process.pausedAtMs = undefined;
    process.boot++;
  }
  wipe(process: Process): void {
    for (const holders of this.holders) holders.delete(process.id);
    process.id = this.#newId();
    process.boot = 0;
    this.restart(process);
  }

  running(): Process[] {
    return this.processes.filter((process) => process.alive && process.pausedAtMs === undefined);
  }

  /** Time passes; whoever runs reports, and the controller decides until it has nothing to do. */
  advance(ms: number, moveBudget = 8192): void {
    const steps = Math.max(1, Math.ceil(ms / 2000));
    for (let step = 0; step < steps; step++) {
      this.nowMs += ms / steps;
      this.settle(moveBudget);
    }
  }

  settle(moveBudget: number): void {
    for (const process of this.running()) process.lastReportMs = this.nowMs;
    const asks = this.inFlight.splice(0);
    for (let round = 0; round < 100; round++) {
      const observed = this.observe(round === 0 ? asks : [], moveBudget);
      if (observed === undefined) return;
      const decision = decide(observed, this.nowMs);
      this.reasons.push(...decision.reasons);
      if (decision.map === undefined) return;
      this.adopt(decision.map);
    }
    throw new Error(`no rest after 100 decisions: ${this.reasons.slice(-6).join("; ")}`);
  }

  observe(asks: readonly InSyncAsk[], moveBudget: number): Observed | undefined {
    const self = this.running()[0];
    if (self === undefined) return undefined;
    return {
      self: self.id,
      map: this.map,
      registered: this.processes
        .filter((process) => process.boot > 0)
        .map((process) => ({
          member: toMember(process),
          namespaces: this.namespaces.map(({ name }) => name),
          startFenced: process.startFenced,
        })),
      reports: new Map(this.processes.map((process) => [process.id, this.#report(process)])),
      listeningSinceMs: 0,
      downSinceMs: this.#downSince,
      patience: new Map(),
      asks,
      forgotten: this.forgotten,
      fenceOrder: this.fenceOrder,
      shutOutOrder: this.shutOutOrder,
      xdrOrder: undefined,
      feedOrder: undefined,
      configured: this.processes.map((process) => process.name),
      namespaces: this.namespaces,
      timing: TIMING,
      moveBudget,
      fresh: { clusterId: "c1", logIds: this.namespaces.map((_, index) => 100 + index) },
    };
  }

  #report(process: Process): MemberReport {
    return {
      from: process.id,
      boot: process.alive ? process.boot : process.boot,
      leaving: process.leaving,
      stopping: false,
      mapVersion: this.map?.version ?? 0,
      clusterId: this.map?.clusterId ?? "",
      receivedAtMs: process.lastReportMs,
      links: this.processes
        .filter((peer) => peer !== process)
        .map((peer) => ({
          peer: peer.id,
          up: peer.alive && peer.pausedAtMs === undefined,
          silentMs: peer.pausedAtMs === undefined ? 0 : process.lastReportMs - peer.pausedAtMs,
          refused: !peer.alive,
        })),
    };
  }

  adopt(map: ClusterMap): void {
    const before = this.map;
    this.map = map;
    for (const member of map.members) {
      if (member.state !== "down") this.#downSince.delete(member.id);
      else if (!this.#downSince.has(member.id)) this.#downSince.set(member.id, this.nowMs);
    }
    if (before !== undefined) this.onDecision(before, map);
    this.#write(before, map);
  }

  /**
   * Every row with a primary takes a write. It is on the in-sync members, and on those that this
   * same primary has taught and asked for, until a map says that the ask is void.
   */
  #write(before: ClusterMap | undefined, map: ClusterMap): void {
    const voided = new Set(
      map.members.filter((member) => member.changedAt === map.version).map((member) => member.id),
    );
    for (const [partition, row] of (map.namespaces[0]?.rows ?? []).entries()) {
      const holders = this.holders[partition];
      if (row.primary === null && holders !== undefined) continue;
      const sameReign = before?.namespaces[0]?.rows[partition]?.epoch === row.epoch;
      const taught = sameReign ? [...(holders ?? [])].filter((id) => !voided.has(id)) : [];
      this.holders[partition] = new Set([...row.inSync, ...taught]);
    }
  }

  /** Primaries teach every learner that is up, and ask for it; the asks are left in flight. */
  teach(): void {
    const { map } = this;
    if (map === undefined) return;
    const up = new Set(map.members.filter((member) => member.state !== "down").map((member) => member.id));
    const running = new Set(this.running().map((process) => process.id));
    for (const [slot, row] of (map.namespaces[0]?.rows ?? []).entries()) {
      if (row.primary === null || !running.has(row.primary)) continue;
      for (const learner of row.assigned) {
        if (row.inSync.includes(learner) || !up.has(learner) || !running.has(learner)) continue;
        this.holders[slot]?.add(learner);
        this.inFlight.push({
          from: row.primary,
          slot,
          epoch: row.epoch,
          member: learner,
          remove: false,
          mapVersion: map.version,
        });
      }
    }
  }

  /** Every primary asks for `member` to be counted out. */
  countOut(member: NodeId): void {
    this.askedOut = member;
    for (const [slot, row] of this.rows().entries()) {
      if (row.primary === null || row.primary === member || !row.inSync.includes(member)) continue;
      this.inFlight.push({ from: row.primary, slot, epoch: row.epoch, member, remove: true, mapVersion: 0 });
    }
  }

  rows(): readonly PartitionRow[] {
    return this.map?.namespaces[0]?.rows ?? [];
  }

  member(id: NodeId): Member | undefined {
    return this.map?.members.find((member) => member.id === id);
  }

  /** Primaries of each member id. */
  primaries(): Map<NodeId, number> {
    const counts = new Map<NodeId, number>();
    for (const { primary } of this.rows()) {
      if (primary !== null) counts.set(primary, (counts.get(primary) ?? 0) + 1);
    }
    return counts;
  }

  /** Events stop: everybody who runs goes on, learners are taught, long enough for all moves. */
  quiesce(): void {
    this.advance(TIMING.migrateFillDelayMs * 2);
    for (let round = 0; round < 60; round++) {
      this.teach();
      this.advance(200);
    }
  }
}

function toMember(process: Process): Member {
  return {
    id: process.id,
    name: process.name,
    rackId: process.rackId,
    service: "",
    fabric: "",
    admin: "",
    boot: process.boot,
    state: "up",
    changedAt: 0,
  };
}
