/**
 * The replication core of one partition on one node: primary-backup with an in-sync set. Sans-IO:
 * no clock, no promise, no buffer pool. A step is a method call; what it wants done it says to
 * `Effects`. States, events and invariants (I1...) are in SPEC.md beside this file.
 */
import { assert } from "../../common/assert.ts";
import { type NodeId, type PartitionRow, type Slot, slotPartitionId } from "../../proto/cluster-map.ts";
import { Entry, EntryKind, encodeEntry, Operation } from "../../proto/entry.ts";
import type { EpochStart } from "../store/storage.ts";
import type { Effects, JoinAnswer, JoinRequest } from "./effects.ts";
import { commonPrefix, type LogExtent } from "./epoch-history.ts";
import { PeerProgress } from "./peer-progress.ts";

export type Role = "none" | "primary" | "replica" | "learner";
/**
 * primary: waiting (for the lease promised to the predecessor) → recovering (the tail is being
 * replicated again) → serving. Others: joining → following, by way of truncating or installing.
 */
export type Phase =
  | "idle"
  | "waiting"
  | "recovering"
  | "serving"
  | "joining"
  | "truncating"
  | "installing"
  | "following";

/** Ticks before a join is repeated, doubling: a repeat voids the answer under way, and doubles the work. */
const PATIENCE_TICKS = { first: 2, most: 8 };

/** What the map says of the members that matters here. */
export interface MemberFacts {
  /**
   * `Member.changedAt`: asks for the member made with an older map are void. Infinity while it is down
   * or unknown: nothing asked now can be granted.
   */
  changedAt(member: NodeId): number;
}

export class Partition {
  readonly slot: Slot;
  readonly self: NodeId;
  role: Role = "none";
  phase: Phase = "idle";
  epoch = 0;
  primary: NodeId | null = null;
  /** Last sequence handed to the log. */
  last: number;
  /** Last sequence known to be on this node's disk. */
  durable: number;
  /** Last sequence known to be on the disks of all of the in-sync set; primaries only. */
  committed = 0;
  history: EpochStart[];

  readonly #effects: Effects;
  readonly #peers = new Map<NodeId, PeerProgress>();
  /** Entries (durable, last]: what a peer that has caught up with the disk still needs. */
  #window: Buffer[] = [];
  #required: readonly NodeId[] = [];
  /** Primaries of earlier epochs that may still serve as far as this node can tell; null: any node. */
  #predecessors: Set<NodeId> | null = null;
  /** While waiting: the direct predecessor whose stream runs on, and the epoch of that stream. */
  #outgoing: { readonly id: NodeId; readonly epoch: number } | undefined;
  #barrier = 0;
  /** The shell is truncating or copying: what the log holds is not settled, so no joining yet. */
  #repairing = false;
  /** That work is the removal of the data. */
  #dropping = false;
  #facts: MemberFacts = { changedAt: () => Number.POSITIVE_INFINITY };
  /** Number of the latest join: only its answer counts. */
  attempt = 0;
  #ticks = 0;
  #patienceTicks = PATIENCE_TICKS.first;

  constructor(slot: Slot, self: NodeId, log: LogExtent, effects: Effects) {
    this.slot = slot;
    this.self = self;
    this.last = log.last;
    this.durable = log.last;
    this.history = [...log.history];
    this.#effects = effects;
  }

  get serving(): boolean {
    return this.phase === "serving";
  }

  /** The peers a commit waits for, and whose lease a strong read needs. */
  get required(): readonly NodeId[] {
    return this.#required;
  }

  peer(id: NodeId): PeerProgress | undefined {
    return this.#peers.get(id);
  }

  /**
   * All of its state but the facts of its map, as text. Cores with equal text and equal maps do the same
   * from here on: the exhaustive tests and the simulator tell states apart by it.
   */
  fingerprint(): string {
    const { role, phase, epoch, primary, last, durable, committed, history, attempt } = this;
    return JSON.stringify([
      [role, phase, epoch, primary, last, durable, committed, attempt],
      history.map((start) => [start.epoch, start.firstSequence]),
      [...this.#peers.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      this.#predecessors === null ? null : [...this.#predecessors].sort(),
      this.#outgoing ?? null,
      [this.#window.length, this.#barrier, this.#repairing, this.#dropping, this.#ticks, this.#patienceTicks],
    ]);
  }

  // ---- the map ------------------------------------------------------------------------------

  /** Takes the row of a newer map. Rows come in the order of map versions (I1). */
  assign(row: PartitionRow, facts: MemberFacts): void {
    assert(row.epoch >= this.epoch, "epochs only rise");
    const before = { role: this.role, epoch: this.epoch, primary: this.primary, serving: this.serving };
    const wanted = this.#roleIn(row);
    const newEpoch = row.epoch !== before.epoch || row.primary !== before.primary;
    if (newEpoch) {
      this.#notePredecessors(row.epoch);
      const direct = this.phase === "following" && row.epoch === this.epoch + 1;
      this.#outgoing = direct && this.primary !== null ? { id: this.primary, epoch: this.epoch } : undefined;
    }
    this.#facts = facts;
    this.epoch = row.epoch;
    this.primary = row.primary;
    this.role = wanted;
    if (before.role === "primary" && (wanted !== "primary" || newEpoch)) {
      // Only a direct predecessor can say that nobody serves any more: the epoch after its own.
      this.#depose(before.serving && row.epoch === before.epoch + 1 ? row.primary : null);
    }
    if (wanted === "primary") {
      if (before.role !== "primary" || newEpoch) this.#lead();
      this.#updatePeers(row);
      this.#tryCommit();
      // A peer counted out though it follows (its death was a false alarm) is proposed again, also
      // where no write will ever come to remind of it.
      this.#noteLearners();
    } else if (wanted === "none") {
      if (before.role !== "none" || this.last > 0) this.#leave();
    } else if (before.role === "none" || before.role === "primary" || newEpoch) {
      this.#startJoining();
      // Counted out, which an answer may have waited for (I6).
    } else if (before.role !== wanted) this.retryJoin();
  }

  #roleIn(row: PartitionRow): Role {
    if (row.primary === this.self) return "primary";
    if (row.inSync.includes(this.self)) return "replica";
    return row.assigned.includes(this.self) ? "learner" : "none";
  }

  /**
   * I9: who must be waited for before this node may serve in the next epoch. Entries of an epoch
   * prove that its primary had waited for all before it; the epoch left behind adds its own. Epochs
   * rise one by one, so a jump means that primaries came and went unseen.
   */
  #notePredecessors(nextEpoch: number): void {
    if (this.history.at(-1)?.epoch === this.epoch) this.#predecessors = new Set();
    if (nextEpoch !== this.epoch + 1) this.#predecessors = null;
    if (this.primary !== null && this.primary !== this.self) this.#predecessors?.add(this.primary);
  }

  #lead(): void {
    assert(!this.#repairing, "only who holds everything is made primary");
    this.phase = "waiting";
    this.committed = 0;
    this.#peers.clear();
    this.#refreshRequired();
    this.#effects.awaitPromise(this, this.#predecessors === null ? null : [...this.#predecessors]);
  }

  #depose(heir: NodeId | null): void {
    // Before any callback: an answer given in one may bring the next request, which must be refused.
    this.phase = "idle";
    this.#peers.clear();
    this.#refreshRequired();
    this.#effects.deposed(this);
    if (heir !== null && heir !== this.self) this.#effects.handOver(this, heir);
  }

  #leave(): void {
    this.phase = "idle";
    if (!this.#repairing) this.#drop();
  }

  #drop(): void {
    this.#repairing = true;
    this.#dropping = true;
    this.#effects.drop(this);
  }

  #updatePeers(row: PartitionRow): void {
    const members = new Set([...row.inSync, ...row.assigned]);
    members.delete(this.self);
    for (const [id, peer] of this.#peers) {
      if (!members.has(id) && !this.#mayStillBeGranted(peer)) this.#peers.delete(id);
    }
    for (const id of members) {
      const known = this.#peers.get(id);
      const peer = known ?? new PeerProgress(id);
      this.#peers.set(id, peer);
      peer.inSync = row.inSync.includes(id);
      if (peer.inSync || !this.#mayStillBeGranted(peer)) {
        peer.required = peer.inSync;
        peer.proposedAt = undefined;
      }
      if (known === undefined || (!peer.required && this.#isOutdated(peer))) this.#solicit(peer);
    }
    this.#refreshRequired();
  }

  /** Asks a peer to join, again if it has: what is known of it here is nothing, or void. */
  #solicit(peer: PeerProgress): void {
    peer.state = "probe";
    if (this.phase === "waiting") return;
    this.#effects.answerJoin(this, peer.id, { mode: "again", truncateTo: 0, attempt: 0 });
  }

  /** I10: it may have been off the row, and have emptied its copy, since it joined. */
  #isOutdated(peer: PeerProgress): boolean {
    return peer.joinedAt < this.#facts.changedAt(peer.id);
  }

  #refreshRequired(): void {
    this.#required = [...this.#peers.values()].filter((peer) => peer.required).map((peer) => peer.id);
  }

  /** I5: a proposed peer is waited for until no map that grants the proposal can come any more. */
  #mayStillBeGranted(peer: PeerProgress): boolean {
    return peer.proposedAt !== undefined && this.#facts.changedAt(peer.id) <= peer.proposedAt;
  }

  // ---- primary ------------------------------------------------------------------------------

  /** The predecessor cannot serve any more: its lease is over, or it has handed over. */
  promiseOver(epoch: number): void {
    if (this.role !== "primary" || this.epoch !== epoch || this.phase !== "waiting") return;
    this.phase = "recovering";
    this.#barrier = this.last + 1;
    this.append(
      encodeEntry({
        kind: EntryKind.barrier,
        operation: Operation.none,
        partitionId: slotPartitionId(this.slot),
        epoch,
        sequence: this.#barrier,
        originId: 0,
        originSequence: 0,
        originLogId: 0,
      }),
    );
    for (const peer of this.#peers.values()) {
      if (peer.asked === undefined) this.#solicit(peer);
      else this.joinAsked(peer.id, peer.asked.request, peer.asked.logFirst);
    }
  }

  /** Appends an entry made by this primary with `epoch` and `last + 1` inside. */
  append(entry: Buffer): void {
    assert(this.role === "primary", "only a primary makes entries");
    const sequence = this.last + 1;
    this.#take(sequence, this.epoch, entry);
    for (const peer of this.#peers.values()) {
      if (peer.state === "streaming") this.#effects.replicate(this, peer.id, sequence, entry);
    }
  }

  /** A peer asks to join. `logFirst`: oldest sequence still in this node's log on disk. */
  joinAsked(from: NodeId, request: JoinRequest, logFirst: number): void {
    const { epoch, attempt, mapVersion, log } = request;
    const peer = this.#peers.get(from);
    // Not (yet) primary of that epoch: the peer will be asked to join again.
    if (this.role !== "primary" || epoch !== this.epoch || peer === undefined) return;
    peer.asked = this.phase === "waiting" ? { request, logFirst } : undefined;
    if (peer.asked !== undefined) return;
    // I10: sent before something happened to the peer; it asks again when it has the map. One in sync
    // keeps what it holds, and facts of it may be old: its changes matter only when it is a learner.
    if (!peer.inSync && mapVersion < this.#facts.changedAt(from)) return;
    const common = commonPrefix(this, log);
    peer.state = "probe";
    peer.joinedAt = mapVersion;
    // It may have lost what it acknowledged: taken off the row and emptied in maps not seen here.
    peer.acked = common;
    if (common < log.last || common + 1 < logFirst) {
      const mode = common < log.last ? "truncate" : "snapshot";
      // I6: only a learner gives up what it holds; an in-sync peer must be counted out first.
      if (peer.required) this.#effects.requestOutOfSync(this, from);
      else this.#effects.answerJoin(this, from, { mode, truncateTo: common, attempt });
      return;
    }
    this.#effects.answerJoin(this, from, { mode: "log", truncateTo: common, attempt });
    // I7: what the peer copied reflects at most what is in the log now.
    peer.target = this.last;
    peer.state = "catching-up";
    this.caughtUpTo(from, epoch, common);
    this.#noteProgress(peer);
  }

  /** The shell has sent a catching-up peer all entries up to `sequence`. */
  caughtUpTo(to: NodeId, epoch: number, sequence: number): void {
    const peer = this.#peers.get(to);
    if (this.role !== "primary" || epoch !== this.epoch || peer?.state !== "catching-up") return;
    if (sequence < this.durable) {
      this.#effects.catchUp(this, to, sequence + 1);
      return;
    }
    peer.state = "streaming";
    for (let next = sequence + 1; next <= this.last; next++) {
      this.#effects.replicate(this, to, next, this.#window[next - this.durable - 1] as Buffer);
    }
  }

  /** A peer has everything up to `sequence` on disk. */
  acked(from: NodeId, epoch: number, sequence: number): void {
    const peer = this.#peers.get(from);
    if (this.role !== "primary" || epoch !== this.epoch || peer === undefined) return;
    if (sequence <= peer.acked) return;
    assert(sequence <= this.last, "a peer acknowledges only what it was sent");
    peer.acked = sequence;
    this.#noteProgress(peer);
  }

  /** The link to a peer broke, or the peer refused entries: it has to join again. */
  peerLost(id: NodeId): void {
    this.#peers.get(id)?.lost();
  }

  #noteProgress(peer: PeerProgress): void {
    // I4: a learner counts for commits from the moment it is proposed, before the map says so.
    const complete = peer.state === "streaming" && peer.acked >= Math.max(peer.target, this.committed);
    if (!peer.required && complete && this.serving && !this.#isOutdated(peer)) {
      peer.required = true;
      this.#refreshRequired();
      this.#effects.requestInSync(this, peer.id);
    }
    this.#tryCommit();
  }

  /** The shell asked the controller to count the peer in, with this version of the map. */
  proposed(id: NodeId, mapVersion: number): void {
    const peer = this.#peers.get(id);
    if (peer?.required) peer.proposedAt = mapVersion;
  }

  /** Whether it has peers that are not in sync by the map: then every newer map matters (I5, I10). */
  get hasLearners(): boolean {
    for (const peer of this.#peers.values()) if (!peer.inSync) return true;
    return false;
  }

  /** Peers proposed and not yet granted: the shell asks again for them now and then. */
  *proposedPeers(): Iterable<NodeId> {
    for (const peer of this.#peers.values()) if (peer.proposedAt !== undefined) yield peer.id;
  }

  /** I2: committed is what this node and every required peer have on disk. */
  #tryCommit(): void {
    if (this.role !== "primary" || this.phase === "waiting") return;
    let committed = this.durable;
    for (const peer of this.#peers.values()) {
      if (peer.required && peer.acked < committed) committed = peer.acked;
    }
    if (committed <= this.committed) return;
    this.committed = committed;
    // I11: not before the tail of earlier epochs is on all required disks again, by the barrier after it.
    if (this.phase === "recovering" && committed >= this.#barrier) {
      this.phase = "serving";
      this.#effects.serving(this);
    }
    this.#effects.committed(this);
    this.#noteLearners();
  }

  /** Proposes the learners that are complete by now. */
  #noteLearners(): void {
    for (const peer of this.#peers.values()) if (!peer.required) this.#noteProgress(peer);
  }

  // ---- replica and learner --------------------------------------------------------------------

  /**
   * Entries from the primary, `first` the sequence of the first. False when they do not continue
   * this log in this epoch (I3): the sender must open the stream again. What is here already is
   * skipped: a join that was repeated makes the primary send the same entries twice.
   * Who waits to serve takes what its predecessor still sends: refused, it would be a divergent tail.
   */
  receive(from: NodeId, epoch: number, first: number, entries: readonly Buffer[]): boolean {
    const follows = this.phase === "following" && epoch === this.epoch && from === this.primary;
    const waits = this.phase === "waiting" && epoch === this.#outgoing?.epoch && from === this.#outgoing.id;
    if (!(follows || waits) || first > this.last + 1) {
      if (this.phase === "following") this.#startJoining();
      return false;
    }
    for (let index = this.last + 1 - first; index < entries.length; index++) {
      const entry = entries[index] as Buffer;
      this.#take(first + index, new Entry(entry).epoch, entry);
    }
    return true;
  }

  /** I8: what a join says of the log is on disk and stays so until the answer. */
  get mayJoin(): boolean {
    return this.phase === "joining" && !this.#repairing && this.durable === this.last;
  }

  /** Joins if it may. Answers to earlier joins are void from now on: they speak of another stream. */
  retryJoin(): void {
    if (!this.mayJoin || this.primary === null) return;
    this.attempt++;
    this.#ticks = 0;
    this.#effects.join(this, this.primary);
  }

  /** Time passes, in even steps: a join that nobody answers is repeated. */
  tick(): void {
    if (!this.mayJoin || ++this.#ticks < this.#patienceTicks) return;
    this.#patienceTicks = Math.min(this.#patienceTicks * 2, PATIENCE_TICKS.most);
    this.retryJoin();
  }

  /** The link to the primary broke. */
  primaryLost(id: NodeId): void {
    if (id === this.#outgoing?.id) this.#outgoing = undefined;
    if (id === this.primary && this.phase === "following") this.#startJoining();
  }

  joinAnswered(from: NodeId, epoch: number, answer: JoinAnswer): void {
    if (epoch !== this.epoch || from !== this.primary) return;
    if (answer.mode === "again") {
      if (this.phase === "following" || this.phase === "joining") this.#startJoining();
      return;
    }
    // While a repair runs, an answer can only be one to a join before it.
    if (!this.mayJoin || answer.attempt !== this.attempt) return;
    if (answer.mode === "log") {
      this.phase = "following";
    } else if (this.role !== "learner") {
      // I6: counted out by the controller first; the new map makes this node ask again.
      return;
    } else if (answer.mode === "truncate") {
      this.phase = "truncating";
      this.#repairing = true;
      this.#effects.truncate(this, from, answer.truncateTo);
    } else {
      this.phase = "installing";
      this.#repairing = true;
      this.#effects.install(this, from);
    }
  }

  /**
   * The shell has finished truncating, copying or removing, or has given up: `log` is what the own log holds
   * now. Either way the next step is to join.
   */
  repaired(log: LogExtent): void {
    assert(this.#repairing, "a repair was under way");
    const dropped = this.#dropping;
    this.#repairing = false;
    this.#dropping = false;
    this.last = log.last;
    this.durable = log.last;
    this.history = [...log.history];
    this.#window = [];
    if (this.role === "replica" || this.role === "learner") this.#startJoining();
    else if (this.role === "none" && !dropped) this.#drop();
  }

  #startJoining(): void {
    this.phase = "joining";
    this.#patienceTicks = PATIENCE_TICKS.first;
    this.retryJoin();
  }

  // ---- log ------------------------------------------------------------------------------------

  #take(sequence: number, epoch: number, entry: Buffer): void {
    this.last = sequence;
    this.#window.push(entry);
    const latest = this.history.at(-1);
    if (latest === undefined || latest.epoch !== epoch) {
      assert(latest === undefined || latest.epoch < epoch, "epochs rise along the log");
      this.history.push({ epoch, firstSequence: sequence });
    }
    this.#effects.persist(this, sequence, entry);
  }

  /** Entries up to `sequence` are on this node's disk. */
  persisted(sequence: number): void {
    if (sequence <= this.durable) return;
    assert(sequence <= this.last, "only appended entries become durable");
    this.#window.splice(0, sequence - this.durable);
    this.durable = sequence;
    if (this.role === "primary") this.#tryCommit();
    else if (this.phase === "joining" && this.durable === this.last) this.retryJoin();
  }
}
