/**
 * Runs the partition core's effects, batched over all partitions of the node: joins of one turn
 * travel in one message, in-sync requests of one turn in one call, promises end in one timer.
 */
import type { Clock } from "../../common/clock.ts";
import type { NodeId, Slot } from "../../proto/cluster-map.ts";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import type { ControlPlane } from "../controller/control-plane.ts";
import type { Effects, JoinAnswer } from "../partition/effects.ts";
import type { Partition } from "../partition/partition.ts";
import type { CopyIn } from "./copy-in.ts";
import type { CopyOut } from "./copy-out.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Leases } from "./leases.ts";
import type { Peers } from "./peers.ts";

const { Handover, Join, JoinAnswer: JoinAnswerMessage } = meridian.peer;

/** How often joins are repeated and in-sync requests checked, milliseconds. */
const RETRY_JOIN_MS = 200;
const RETRY_REQUEST_MS = 1000;
const PROMISE_POLL_MS = 10;
/** How long in-sync requests are collected, milliseconds. */
const COLLECT_REQUESTS_MS = 50;

export interface NodeEffectsOptions {
  readonly clock: Clock;
  readonly commit: GroupCommit;
  readonly leases: Leases;
  readonly control: () => ControlPlane;
  readonly mapVersion: () => number;
  readonly onCommitted: (partition: Partition) => void;
  readonly onServing: (partition: Partition) => void;
  readonly onDeposed: (partition: Partition) => void;
}

export class NodeEffects implements Effects {
  readonly #options: NodeEffectsOptions;
  #parts: { readonly peers: Peers; readonly copyIn: CopyIn; readonly copyOut: CopyOut } | undefined;
  readonly #joins = new Map<NodeId, Set<Partition>>();
  readonly #handovers = new Map<NodeId, { readonly partition: Partition; readonly epoch: number }[]>();
  readonly #inSync: { readonly partition: Partition; readonly peer: NodeId }[] = [];
  readonly #outOfSync: { readonly partition: Partition; readonly peer: NodeId }[] = [];
  readonly #promises = new Map<Partition, { readonly epoch: number; readonly endsMs: number }>();
  /** Epochs for which the predecessor has handed over. */
  readonly #handedOver = new Map<Slot, number>();
  /** Partitions that wait for a join's answer, and those with a proposal: what the timers look at. */
  readonly #unanswered = new Set<Partition>();
  readonly #proposing = new Set<Partition>();
  readonly #timers: NodeJS.Timeout[] = [];
  #scheduled = false;
  #requestTimer: NodeJS.Timeout | undefined;
  #promiseTimer: NodeJS.Timeout | undefined;

  constructor(options: NodeEffectsOptions) {
    this.#options = options;
  }

  /** Closes the ring of parts that need each other. */
  start(parts: { readonly peers: Peers; readonly copyIn: CopyIn; readonly copyOut: CopyOut }): void {
    this.#parts = parts;
    this.#timers.push(
      setInterval(() => this.#retryJoins(), RETRY_JOIN_MS),
      setInterval(() => this.#retryRequests(), RETRY_REQUEST_MS),
    );
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#requestTimer);
    clearTimeout(this.#promiseTimer);
  }

  persist(partition: Partition, sequence: number, entry: Buffer): void {
    this.#options.commit.append(partition, sequence, entry);
  }
  replicate(partition: Partition, peer: NodeId, sequence: number, entry: Buffer): void {
    this.#parts?.peers.link(peer)?.append(partition.slot, partition.epoch, sequence, entry);
  }
  catchUp(partition: Partition, peer: NodeId, sequence: number): void {
    this.#parts?.copyOut.catchUp(partition, peer, sequence);
  }
  committed(partition: Partition): void {
    this.#options.onCommitted(partition);
  }
  serving(partition: Partition): void {
    this.#options.onServing(partition);
  }
  deposed(partition: Partition): void {
    this.#promises.delete(partition);
    this.#options.onDeposed(partition);
  }

  awaitPromise(partition: Partition, predecessors: readonly NodeId[] | null): void {
    const endsMs = this.#options.leases.promiseEnd(predecessors);
    this.#promises.set(partition, { epoch: partition.epoch, endsMs });
    this.#schedulePromises();
  }

  handOver(partition: Partition, successor: NodeId): void {
    const handovers = this.#handovers.get(successor) ?? [];
    this.#handovers.set(successor, handovers);
    handovers.push({ partition, epoch: partition.epoch });
    this.#schedule();
  }

  /** The predecessor says that it has stopped serving these slots before these epochs. */
  handedOver(slots: readonly Slot[], epochs: readonly number[]): void {
    slots.forEach((slot, index) => {
      this.#handedOver.set(slot, epochs[index] as number);
    });
    this.#checkPromises();
  }

  join(partition: Partition, primary: NodeId): void {
    const joins = this.#joins.get(primary) ?? new Set();
    this.#joins.set(primary, joins);
    joins.add(partition);
    this.#unanswered.add(partition);
    this.#schedule();
  }

  answerJoin(partition: Partition, peer: NodeId, answer: JoinAnswer): void {
    const { slot, epoch } = partition;
    const meta = JoinAnswerMessage.encode({ slot, epoch, ...answer }).finish();
    this.#parts?.peers.link(peer)?.send(MessageType.joinReply, meta);
  }

  truncate(partition: Partition, primary: NodeId, sequence: number): void {
    this.#parts?.copyIn.truncate(partition, primary, sequence);
  }
  install(partition: Partition, primary: NodeId): void {
    this.#parts?.copyIn.install(partition, primary);
  }
  drop(partition: Partition): void {
    this.#parts?.copyIn.drop(partition);
  }

  requestInSync(partition: Partition, peer: NodeId): void {
    this.#inSync.push({ partition, peer });
    this.#scheduleRequests();
  }
  requestOutOfSync(partition: Partition, peer: NodeId): void {
    this.#outOfSync.push({ partition, peer });
    this.#scheduleRequests();
  }

  /**
   * This node's place changed in a map that it follows now: joins sent before are nothing to a primary
   * that had that map first (I10), and most rows are as they were, so that nothing else repeats them.
   */
  joinAgain(): void {
    for (const partition of this.#unanswered) partition.retryJoin();
  }

  /** Whoever may join again later says so by another join. */
  #retryJoins(): void {
    for (const partition of this.#unanswered) {
      if (partition.mayJoin) partition.tick();
      else this.#unanswered.delete(partition);
    }
  }

  #retryRequests(): void {
    for (const partition of this.#proposing) {
      const peers = [...partition.proposedPeers()];
      if (peers.length === 0) this.#proposing.delete(partition);
      for (const peer of peers) this.requestInSync(partition, peer);
    }
  }

  /** Every grant costs all nodes a new map: requests of a while travel together. */
  #scheduleRequests(): void {
    this.#requestTimer ??= setTimeout(() => {
      this.#requestTimer = undefined;
      this.#flushRequests();
    }, COLLECT_REQUESTS_MS);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    for (const [primary, joins] of this.#joins) this.#sendJoins(primary, joins);
    this.#joins.clear();
    for (const [successor, handovers] of this.#handovers) {
      const meta = Handover.encode({
        slots: handovers.map(({ partition }) => partition.slot),
        // Of the moment it stopped: of a later epoch it knows nothing.
        epochs: handovers.map(({ epoch }) => epoch),
      }).finish();
      this.#parts?.peers.link(successor)?.send(MessageType.handover, meta);
    }
    this.#handovers.clear();
  }

  #sendJoins(primary: NodeId, joins: ReadonlySet<Partition>): void {
    const rows = [...joins]
      .filter((partition) => partition.mayJoin && partition.primary === primary)
      .map((partition) => ({
        slot: partition.slot,
        epoch: partition.epoch,
        attempt: partition.attempt,
        last: partition.last,
        historyEpochs: partition.history.map((start) => start.epoch),
        historyFirsts: partition.history.map((start) => start.firstSequence),
      }));
    if (rows.length === 0) return;
    // Without a connection the primary will dial again, and the joins are repeated then.
    const meta = Join.encode({ rows, mapVersion: this.#options.mapVersion() }).finish();
    this.#parts?.peers.sendInbound(primary, MessageType.join, meta);
  }

  #flushRequests(): void {
    const mapVersion = this.#options.mapVersion();
    const control = this.#options.control();
    const adds = this.#inSync
      .splice(0)
      .filter(({ partition, peer }) => partition.role === "primary" && partition.peer(peer)?.required);
    if (adds.length > 0) {
      for (const { partition, peer } of adds) {
        if (partition.peer(peer)?.proposedAt === undefined) partition.proposed(peer, mapVersion);
        // Not when it is asked for: until it is sent it is no proposal, and the timer would drop it.
        this.#proposing.add(partition);
      }
      control.requestInSync(
        adds.map(({ partition, peer }) => {
          const proposedAt = partition.peer(peer)?.proposedAt ?? mapVersion;
          return { slot: partition.slot, epoch: partition.epoch, mapVersion: proposedAt, add: peer };
        }),
      );
    }
    const removes = this.#outOfSync.splice(0);
    if (removes.length > 0) {
      control.requestOutOfSync(
        removes.map(({ partition, peer }) => ({
          slot: partition.slot,
          epoch: partition.epoch,
          remove: peer,
        })),
      );
    }
  }

  #schedulePromises(): void {
    this.#promiseTimer ??= setTimeout(() => {
      this.#promiseTimer = undefined;
      this.#checkPromises();
      if (this.#promises.size > 0) this.#schedulePromises();
    }, PROMISE_POLL_MS);
  }

  #checkPromises(): void {
    if (this.#promises.size === 0) return;
    const now = this.#options.clock.monotonicMs();
    for (const [partition, { epoch, endsMs }] of this.#promises) {
      const handedOver = this.#handedOver.get(partition.slot) === epoch;
      if (now < endsMs && !handedOver) continue;
      this.#promises.delete(partition);
      this.#handedOver.delete(partition.slot);
      partition.promiseOver(epoch);
    }
  }
}
