/**
 * One life of a simulated node: the real partition cores and leases, in a shell that does in virtual
 * time what node/replica/ does (replica-set, peers, node-effects, primary).
 */
import { MeridianError } from "../../common/errors.ts";
import type { NodeId } from "../../proto/cluster-map.ts";
import { encodeEntry, ENTRY_HEADER_BYTES, EntryKind, Operation, splitEntries } from "../../proto/entry.ts";
import { meridian } from "../../proto/gen/peer.js";
import type { Effects, JoinAnswer } from "../../node/partition/effects.ts";
import type { Partition } from "../../node/partition/partition.ts";
import type { AckedRow } from "../../node/replica/append-frames.ts";
import { Leases } from "../../node/replica/leases.ts";
import { Proposal, Replica } from "../../node/replica/replica.ts";
import { SimCommit } from "./partition-commit.ts";
import { SimCopyIn, SimCopyOut } from "./partition-copy.ts";
import type { Disk } from "./partition-disk.ts";
import { SimLink } from "./partition-link.ts";
import type { Machine } from "./partition-machine.ts";
import type { JoinRow, Message, SimMap } from "./partition-messages.ts";
import type { Connection, Host } from "./partition-network.ts";
import type { Operation as ClientOperation } from "./partition-oracle.ts";
import type { PartitionWorld, Timing } from "./partition-world.ts";

const { Append } = meridian.peer;
const RETRY_JOIN_MS = 200;
const RETRY_REQUEST_MS = 300;
const COLLECT_REQUESTS_MS = 15;

interface PendingAck {
  readonly group: number;
  frameId: number;
  readonly rejectedFrames: number[];
  readonly rejectedSlots: number[];
}

export class NodeProcess implements Effects, Host {
  readonly world: PartitionWorld;
  readonly machine: number;
  readonly id: NodeId;
  readonly boot: number;
  readonly disk: Disk;
  readonly commit: SimCommit;
  readonly timing: Timing;
  readonly replicas: readonly Replica[];
  map: SimMap | undefined;
  readonly #host: Machine;
  readonly #leases: Leases;
  readonly #copyIn: SimCopyIn;
  readonly #copyOut: SimCopyOut;
  readonly #links = new Map<NodeId, SimLink>();
  readonly #inbound = new Map<NodeId, Connection<Message>>();
  readonly #held = new Set<Replica>();
  readonly #joins = new Map<NodeId, Set<Partition>>();
  readonly #handovers: { readonly successor: NodeId; readonly slot: number; readonly epoch: number }[] = [];
  readonly #requests: { readonly partition: Partition; readonly peer: NodeId; readonly add: boolean }[] = [];
  readonly #promises = new Map<Partition, { readonly epoch: number; readonly endsMs: number }>();
  readonly #handedOver = new Map<number, number>();
  #flushScheduled = false;
  #requestsScheduled = false;

  constructor(host: Machine) {
    const { world } = host;
    this.#host = host;
    this.world = world;
    this.machine = host.index;
    this.id = host.id;
    this.boot = host.boot;
    this.disk = host.disk;
    this.timing = world.timing;
    this.commit = new SimCommit(this);
    this.#copyIn = new SimCopyIn(this);
    this.#copyOut = new SimCopyOut(this);
    this.#leases = new Leases(world.timing.leaseMs, this.clockMs());
    this.replicas = this.disk.slots.map(
      ({ last, history }, slot) => new Replica(world.makePartition(slot, this.id, { last, history }, this)),
    );
  }

  /** Starts what repeats; called once the machine knows this process. */
  start(): void {
    this.#every(RETRY_JOIN_MS, () => {
      for (const { partition } of this.replicas) partition.tick();
    });
    this.#every(RETRY_REQUEST_MS, () => {
      for (const { partition } of this.replicas) {
        for (const peer of partition.proposedPeers()) this.requestInSync(partition, peer);
      }
    });
  }

  partition(slot: number): Partition {
    return this.#replica(slot).partition;
  }
  link(peer: NodeId): SimLink | undefined {
    return this.#links.get(peer);
  }
  get quiet(): boolean {
    return this.commit.idle && this.#copyIn.pending === 0;
  }

  // ---- time -----------------------------------------------------------------------------------

  clockMs(): number {
    return this.#host.clockMs();
  }
  deliver(run: () => void): void {
    this.#host.run(this, run);
  }
  after(delayMs: number, run: () => void): void {
    this.world.time.after(delayMs, () => this.deliver(run));
  }
  soon(run: () => void): void {
    this.after(0, run);
  }
  flush(done: () => void): void {
    this.world.time.after(this.#host.flushMs(), () => {
      if (this.#host.process === this) this.world.guard(done);
    });
  }
  #every(intervalMs: number, run: () => void): void {
    this.after(intervalMs, () => {
      run();
      this.#every(intervalMs, run);
    });
  }

  // ---- the map --------------------------------------------------------------------------------

  follow(map: SimMap): void {
    const before = this.map;
    if (before !== undefined && map.version <= before.version) return;
    if (map.members.find((member) => member.id === this.id)?.boot !== this.boot) return;
    this.map = map;
    this.#followMembers(map);
    const alive = map.members.filter((member) => member.state === "up");
    const changedAt = new Map(alive.map((member) => [member.id, member.changedAt]));
    const facts = { changedAt: (member: NodeId) => changedAt.get(member) ?? Number.POSITIVE_INFINITY };
    if (before !== undefined && before.version + 1 !== map.version) this.world.count("map skipped");
    for (const { partition, slot } of this.replicas) {
      const row = map.rows[slot];
      if (row === undefined || (row === before?.rows[slot] && !partition.hasLearners)) continue;
      partition.assign(row, facts);
    }
    this.#copyOut.pump();
  }

  #followMembers(map: SimMap): void {
    const ids = new Set(map.members.map((member) => member.id));
    for (const [id, link] of this.#links) {
      if (ids.has(id)) continue;
      link.close();
      this.#links.delete(id);
    }
    for (const { id, machine } of map.members) {
      if (id !== this.id && !this.#links.has(id)) this.#links.set(id, new SimLink(this, id, machine));
    }
  }

  // ---- clients --------------------------------------------------------------------------------

  read(slot: number, key: string, done: (value: string | undefined | null) => void): void {
    const replica = this.#replica(slot);
    if (!replica.partition.serving) {
      done(null);
      return;
    }
    const latest = replica.latest(key);
    if (latest !== undefined) {
      replica.wait(latest.sequence, (held) => done(held ? latest.image?.toString("latin1") : null));
    } else if (this.leaseHeld(replica)) done(this.disk.slot(slot).records.get(key));
    else {
      this.world.count("lease refused");
      done(null);
    }
  }

  /** False when refused: then nothing was or will be written. */
  write(operation: ClientOperation, done: (applied: boolean) => void): boolean {
    const replica = this.#replica(operation.slot);
    const { partition } = replica;
    if (!partition.serving) return false;
    const sequence = partition.last + 1;
    const value = operation.value === undefined ? undefined : Buffer.from(operation.value, "latin1");
    const bytes = encodeEntry({
      kind: value === undefined ? EntryKind.remove : EntryKind.put,
      operation: Operation.update,
      partitionId: operation.slot,
      epoch: partition.epoch,
      sequence,
      originId: 0,
      originSequence: 0,
      originLogId: 0,
      digest: Buffer.from(operation.key, "latin1"),
      ...(value === undefined ? {} : { image: value }),
    });
    operation.sequence = sequence;
    const imageOffset = value === undefined ? 0 : ENTRY_HEADER_BYTES;
    const answers = [() => done(true), () => done(false)] as const;
    replica.push(new Proposal(sequence, operation.key, bytes, imageOffset, ...answers));
    partition.append(bytes);
    return true;
  }

  leaseHeld(replica: Replica): boolean {
    const now = this.clockMs();
    return replica.partition.required.every((peer) => this.#leases.holds(peer, now));
  }
  /** Whether it would answer a strong read of the slot right now. */
  couldAnswer(slot: number): boolean {
    const replica = this.#replica(slot);
    return replica.partition.serving && this.leaseHeld(replica);
  }
  leaseGranted(peer: NodeId, sentAtMs: number): void {
    this.#leases.granted(peer, sentAtMs);
    for (const replica of [...this.#held]) this.#release(replica);
  }
  #release(replica: Replica): void {
    if (!replica.partition.serving) return;
    if (this.leaseHeld(replica)) {
      this.#held.delete(replica);
      replica.release(replica.partition.committed);
    } else this.#held.add(replica);
  }

  // ---- effects --------------------------------------------------------------------------------

  persist(partition: Partition, sequence: number, entry: Buffer): void {
    this.commit.append(partition, sequence, entry);
  }
  replicate(partition: Partition, peer: NodeId, sequence: number, entry: Buffer): void {
    this.#links.get(peer)?.append(partition.slot, partition.epoch, sequence, entry);
  }
  catchUp(partition: Partition, peer: NodeId, sequence: number): void {
    this.#copyOut.catchUp(partition, peer, sequence);
  }
  committed(partition: Partition): void {
    const { whole } = this.disk.slot(partition.slot);
    this.world.oracle.committed(this.machine, partition.slot, partition.committed, whole);
    this.#release(this.#replica(partition.slot));
    this.#copyOut.pump();
  }
  serving(partition: Partition): void {
    const { slot } = partition;
    this.world.count("took over");
    // Without a lease it only believes so: it may have been deposed long ago, and answers nobody.
    if (!this.couldAnswer(slot)) return;
    const log = [...this.disk.slot(slot).whole, ...this.commit.pending(slot)];
    this.world.oracle.serving(this.machine, slot, log);
  }
  deposed(partition: Partition): void {
    this.#promises.delete(partition);
    const replica = this.#replica(partition.slot);
    this.#held.delete(replica);
    replica.lose();
  }
  awaitPromise(partition: Partition, predecessors: readonly NodeId[] | null): void {
    const directOnly = this.world.flaws.has("one-predecessor-awaited");
    const ends = this.#leases.promiseEnd(directOnly ? (predecessors?.slice(-1) ?? null) : predecessors);
    const endsMs = this.world.flaws.has("lease-not-awaited") ? 0 : ends;
    this.#promises.set(partition, { epoch: partition.epoch, endsMs });
    this.#checkPromise(partition);
  }
  handOver(partition: Partition, successor: NodeId): void {
    this.#handovers.push({ successor, slot: partition.slot, epoch: partition.epoch });
    this.#schedule();
  }
  join(partition: Partition, primary: NodeId): void {
    const joins = this.#joins.get(primary) ?? new Set();
    this.#joins.set(primary, joins.add(partition));
    this.#schedule();
  }
  answerJoin(partition: Partition, peer: NodeId, answer: JoinAnswer): void {
    const { slot, epoch } = partition;
    this.world.count(`join answered: ${answer.mode}`);
    this.#links.get(peer)?.send({ type: "join-answer", slot, epoch, answer });
  }
  truncate(partition: Partition, primary: NodeId, sequence: number): void {
    this.#copyIn.truncate(partition, primary, sequence);
  }
  install(partition: Partition, primary: NodeId): void {
    this.#copyIn.install(partition, primary);
  }
  drop(partition: Partition): void {
    this.#copyIn.drop(partition);
  }
  requestInSync(partition: Partition, peer: NodeId): void {
    this.#requests.push({ partition, peer, add: true });
    this.#scheduleRequests();
  }
  requestOutOfSync(partition: Partition, peer: NodeId): void {
    this.world.count("asked out of sync");
    this.#requests.push({ partition, peer, add: false });
    this.#scheduleRequests();
  }

  #schedule(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    this.soon(() => {
      this.#flushScheduled = false;
      this.#sendJoins();
      for (const { successor, slot, epoch } of this.#handovers.splice(0)) {
        this.#links.get(successor)?.send({ type: "handover", slots: [slot], epochs: [epoch] });
      }
    });
  }

  #scheduleRequests(): void {
    if (this.#requestsScheduled) return;
    this.#requestsScheduled = true;
    this.after(COLLECT_REQUESTS_MS, () => {
      this.#requestsScheduled = false;
      this.#sendRequests();
    });
  }

  #sendJoins(): void {
    for (const [primary, partitions] of this.#joins) {
      const mapVersion = this.map?.version ?? 0;
      const rows = [...partitions]
        .filter((partition) => partition.mayJoin && partition.primary === primary)
        .map(({ slot, epoch, attempt, last, history }): JoinRow => {
          return { slot, request: { epoch, attempt, mapVersion, log: { last, history: [...history] } } };
        });
      if (rows.length > 0) this.sendInbound(primary, { type: "join", rows });
    }
    this.#joins.clear();
  }

  #sendRequests(): void {
    const mapVersion = this.map?.version ?? 0;
    for (const { partition, peer, add } of this.#requests.splice(0)) {
      const { slot, epoch } = partition;
      const progress = partition.peer(peer);
      if (add) {
        if (partition.role !== "primary" || progress?.required !== true) continue;
        if (progress.proposedAt === undefined) partition.proposed(peer, mapVersion);
        const asked = { slot, epoch, member: peer, add, mapVersion: progress.proposedAt ?? mapVersion };
        this.world.controller.ask(this, asked);
      } else this.world.controller.ask(this, { slot, epoch, member: peer, add, mapVersion });
    }
  }

  #checkPromise(partition: Partition): void {
    const promise = this.#promises.get(partition);
    if (promise === undefined) return;
    const handedOver = this.#handedOver.get(partition.slot) === promise.epoch;
    const leftMs = promise.endsMs - this.clockMs();
    if (leftMs > 0 && !handedOver) {
      const { endsMs } = promise;
      this.after(leftMs + 1, () => {
        if (this.#promises.get(partition)?.endsMs === endsMs) this.#checkPromise(partition);
      });
      return;
    }
    if (handedOver) this.world.count("handed over");
    this.#promises.delete(partition);
    this.#handedOver.delete(partition.slot);
    partition.promiseOver(promise.epoch);
  }

  // ---- peers ----------------------------------------------------------------------------------

  dial(machine: number, id: NodeId, done: (connection: Connection<Message> | undefined) => void): void {
    this.world.dial(this, machine, id, (connection) => this.deliver(() => done(connection)));
  }
  /** A connection that a peer has opened; its first message says who it is. */
  accept(connection: Connection<Message>): void {
    connection.handle("listener", {
      onMessage: (message) => {
        if (message.type === "hello") this.#introduced(message.id, connection);
      },
      onClose: () => undefined,
    });
  }

  #introduced(peer: NodeId, connection: Connection<Message>): void {
    const old = this.#inbound.get(peer);
    this.#inbound.set(peer, connection);
    if (old !== undefined && !old.isClosed("listener")) {
      this.world.count("half-open connection replaced");
      old.close("listener", true);
      if (!this.world.flaws.has("silent-replacement")) this.#inboundDown(peer);
    }
    const ack: { pending: PendingAck | undefined } = { pending: undefined };
    connection.handle("listener", {
      onMessage: (message) => this.#receive(peer, connection, message, ack),
      onClose: () => {
        if (this.#inbound.get(peer) !== connection) return;
        this.#inbound.delete(peer);
        this.#inboundDown(peer);
      },
    });
    for (const { partition } of this.replicas) if (partition.primary === peer) partition.retryJoin();
  }

  #inboundDown(peer: NodeId): void {
    const lost = this.world.flaws.has("answers-by-slot") ? [...this.#inbound.keys(), peer] : [peer];
    for (const primary of lost) this.#copyIn.connectionLost(primary);
    for (const { partition } of this.replicas) partition.primaryLost(peer);
  }
  linkDown(peer: NodeId): void {
    for (const { partition } of this.replicas) partition.peerLost(peer);
  }
  acked(peer: NodeId, rows: readonly AckedRow[]): void {
    for (const { slot, epoch, last } of rows) this.partition(slot).acked(peer, epoch, last);
  }
  sendInbound(peer: NodeId, message: Message): boolean {
    const connection = this.#inbound.get(peer);
    if (connection === undefined || connection.isClosed("listener")) return false;
    connection.send("listener", message);
    return true;
  }

  /** Over a link: what a replica sends its primary. */
  replicaMessage(from: NodeId, message: Message): void {
    if (message.type === "map-push") this.follow(message.map);
    else if (message.type === "join") {
      for (const { slot, request } of message.rows) {
        this.partition(slot).joinAsked(from, request, this.disk.slot(slot).first);
      }
    } else if (message.type === "snapshot-pull" || message.type === "fetch-records") {
      this.#copyOut.asked(from, message);
    } else throw new MeridianError("FRAME_CORRUPT", `a replica sent ${message.type}`);
  }

  #receive(
    from: NodeId,
    connection: Connection<Message>,
    message: Message,
    ack: { pending: PendingAck | undefined },
  ): void {
    switch (message.type) {
      case "append":
        this.#receiveEntries(from, connection, message, ack);
        return;
      case "beacon":
        this.#answerBeacon(from, connection, message);
        return;
      case "join-answer":
        this.partition(message.slot).joinAnswered(from, message.epoch, message.answer);
        return;
      case "answer":
        this.#copyIn.answered(message);
        return;
      case "handover":
        message.slots.forEach((slot, index) => {
          this.#handedOver.set(slot, message.epochs[index] ?? 0);
          this.#checkPromise(this.partition(slot));
        });
        return;
      default:
        throw new MeridianError("FRAME_CORRUPT", `a primary sent ${message.type}`);
    }
  }

  #answerBeacon(
    from: NodeId,
    connection: Connection<Message>,
    beacon: Message & { readonly type: "beacon" },
  ): void {
    const without = this.world.flaws.has("grants-without-map") ? 0 : Number.POSITIVE_INFINITY;
    const mapVersion = this.map?.version ?? without;
    const older = mapVersion > beacon.mapVersion;
    if (!older || !this.world.flaws.has("no-promise-to-older")) this.#leases.promise(from, this.clockMs());
    if (older && this.map !== undefined) connection.send("listener", { type: "map-push", map: this.map });
    connection.send("listener", { type: "beacon-reply", sentAtMs: beacon.sentAtMs, mapVersion });
  }

  #receiveEntries(
    from: NodeId,
    connection: Connection<Message>,
    message: Message & { readonly type: "append" },
    ack: { pending: PendingAck | undefined },
  ): void {
    const { frameId, slots, epochs, firsts, counts } = Append.decode(message.meta);
    const entries = splitEntries(Buffer.concat(message.bodies));
    const pending = this.#pendingAck(connection, ack);
    pending.frameId = frameId;
    let offset = 0;
    slots.forEach((slot, row) => {
      const count = counts[row] ?? 0;
      const taken = entries.slice(offset, offset + count);
      offset += count;
      if (this.partition(slot).receive(from, epochs[row] ?? 0, firsts[row] ?? 0, taken)) return;
      pending.rejectedFrames.push(frameId);
      pending.rejectedSlots.push(slot);
    });
  }

  #pendingAck(connection: Connection<Message>, ack: { pending: PendingAck | undefined }): PendingAck {
    const group = this.commit.openGroup;
    if (ack.pending?.group === group) return ack.pending;
    const pending: PendingAck = { group, frameId: 0, rejectedFrames: [], rejectedSlots: [] };
    ack.pending = pending;
    const send = (): void => {
      if (ack.pending === pending) ack.pending = undefined;
      connection.send("listener", { type: "append-ack", ...pending });
    };
    if (this.world.flaws.has("ack-before-flush")) this.soon(send);
    else this.commit.afterwards(send);
    return pending;
  }

  #replica(slot: number): Replica {
    const replica = this.replicas[slot];
    if (replica === undefined) throw new Error(`no slot ${slot}`);
    return replica;
  }
}
