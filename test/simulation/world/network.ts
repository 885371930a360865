/**
 * The network between hosts. A wire carries messages both ways, each way in order, as TCP does: a
 * lost packet is a delay, a cut is a longer one, and only a death or a deadline breaks a wire. Cuts
 * are one-way, so that half a partition can be made.
 */
import type { Host, Scheduled, Scheduler } from "./host.ts";

export interface NetworkFaults {
  /** Chance of a message to be lost and sent again by TCP. */
  loss: number;
  /** A busy link: every message takes this much longer at most. */
  jitterMs: number;
}

const RETRANSMIT_MS = 200;
const SYN_RETRY_MS = 1000;

interface Sent {
  readonly item: unknown;
  readonly bytes: number;
  readonly readyMs: number;
}

export interface WireEnd {
  /** Messages that arrived together, in order. */
  onReceive(items: readonly unknown[]): void;
  /** The other end is gone, or was taken away. */
  onClosed(): void;
  /** Nothing waits to be received any more. */
  onDrained?(): void;
}

const CLOSE = Symbol("close");

/** One direction of a wire. */
class Lane {
  readonly from: Host;
  readonly to: Host;
  readonly #network: Network;
  readonly #receive: (items: readonly unknown[]) => void;
  readonly #drained: () => void;
  readonly #queue: Sent[] = [];
  #event: Scheduled | undefined;
  #lastMs = 0;
  #sentMs = -1;
  bytes = 0;

  constructor(
    network: Network,
    from: Host,
    to: Host,
    receive: (items: readonly unknown[]) => void,
    drained: () => void,
  ) {
    this.#network = network;
    this.from = from;
    this.to = to;
    this.#receive = receive;
    this.#drained = drained;
  }

  send(item: unknown, bytes: number): void {
    const { scheduler } = this.#network;
    // What is written right behind something else mostly arrives with it, as one segment or two.
    const together =
      this.#queue.length > 0 && scheduler.nowMs === this.#sentMs && scheduler.random.chance(0.8);
    const readyMs = together
      ? this.#lastMs
      : Math.max(this.#lastMs, scheduler.nowMs + this.#network.delayMs(this.from, this.to));
    this.#sentMs = scheduler.nowMs;
    this.#lastMs = readyMs;
    this.#queue.push({ item, bytes, readyMs });
    this.bytes += bytes;
    this.pump();
  }

  /** Goes on when it is not on its way already. */
  pump(): void {
    const head = this.#queue[0];
    if (head === undefined || this.#event !== undefined || this.#network.isCut(this.from, this.to)) return;
    const { scheduler } = this.#network;
    this.#event = scheduler.after(head.readyMs - scheduler.nowMs, this.to, this.#arrive);
  }

  drop(): void {
    this.#queue.length = 0;
    this.bytes = 0;
    this.#event?.cancel();
    this.#event = undefined;
  }

  readonly #arrive = (): void => {
    this.#event = undefined;
    if (this.#network.isCut(this.from, this.to)) return;
    const items: unknown[] = [];
    const { nowMs } = this.#network.scheduler;
    for (let head = this.#queue[0]; head !== undefined && head.readyMs <= nowMs; head = this.#queue[0]) {
      this.#queue.shift();
      this.bytes -= head.bytes;
      items.push(head.item);
    }
    if (this.#queue.length === 0) this.#drained();
    if (items.length > 0) this.#receive(items);
    this.pump();
  };
}

/** A connection between two hosts; side 0 dialled. */
export class Wire {
  readonly #network: Network;
  readonly #lanes: readonly [Lane, Lane];
  readonly #hosts: readonly [Host, Host];
  readonly #ends: [WireEnd | undefined, WireEnd | undefined] = [undefined, undefined];
  readonly #open: [boolean, boolean] = [true, true];
  #broken = false;

  constructor(network: Network, dialler: Host, listener: Host) {
    this.#network = network;
    this.#hosts = [dialler, listener];
    this.#lanes = [
      new Lane(
        network,
        dialler,
        listener,
        (items) => this.#received(1, items),
        () => this.#ends[0]?.onDrained?.(),
      ),
      new Lane(
        network,
        listener,
        dialler,
        (items) => this.#received(0, items),
        () => this.#ends[1]?.onDrained?.(),
      ),
    ];
    network.wires.add(this);
  }

  attach(side: 0 | 1, end: WireEnd): void {
    this.#ends[side] = end;
    this.#hosts[side].onDeath.add(this.#deaths[side]);
  }

  readonly #deaths = [
    (politely: boolean) => this.#died(0, politely),
    (politely: boolean) => this.#died(1, politely),
  ] as const;

  send(side: 0 | 1, item: unknown, bytes: number): void {
    if (!this.#open[side] || this.#broken) return;
    const other = side === 0 ? 1 : 0;
    if (!this.#open[other]) {
      // Nobody is there any more: a machine that is up says so, one without power does not.
      if (!this.#hosts[other].powerless) this.#loseAfterRoundTrip(side);
      return;
    }
    this.#lanes[side].send(item, bytes);
  }

  /** Bytes sent by `side` and not received. */
  pendingBytes(side: 0 | 1): number {
    return this.#lanes[side].bytes;
  }

  /** This side closes; what it has sent still arrives, and then the end. */
  close(side: 0 | 1): void {
    if (!this.#open[side]) return;
    this.#shut(side);
    const other = side === 0 ? 1 : 0;
    if (this.#open[other] && !this.#broken) this.#lanes[side].send(CLOSE, 0);
  }

  /** Breaks in the middle, as by a rebooted firewall: both ends learn it, and nothing passes till then. */
  break(): void {
    this.#broken = true;
    for (const lane of this.#lanes) lane.drop();
    for (const side of [0, 1] as const) this.#loseAfterRoundTrip(side);
  }

  pump(): void {
    for (const lane of this.#lanes) lane.pump();
  }

  joins(a: Host, b: Host): boolean {
    return this.#hosts.includes(a) && this.#hosts.includes(b);
  }

  #received(side: 0 | 1, items: readonly unknown[]): void {
    if (!this.#open[side]) return;
    const end = this.#ends[side];
    const closes = items.at(-1) === CLOSE;
    const data = closes ? items.slice(0, -1) : items;
    if (data.length > 0) end?.onReceive(data);
    if (closes && this.#open[side]) this.#lose(side);
  }

  #lose(side: 0 | 1): void {
    this.#shut(side);
    this.#ends[side]?.onClosed();
  }

  #loseAfterRoundTrip(side: 0 | 1): void {
    const host = this.#hosts[side];
    const delayMs = 2 * this.#network.delayMs(host, this.#hosts[side === 0 ? 1 : 0]);
    this.#network.scheduler.after(delayMs, host, () => {
      if (this.#open[side]) this.#lose(side);
    });
  }

  #died(side: 0 | 1, politely: boolean): void {
    if (!this.#open[side]) return;
    if (politely) this.close(side);
    else this.#shut(side);
    this.#lanes[side === 0 ? 1 : 0].drop();
  }

  #shut(side: 0 | 1): void {
    this.#open[side] = false;
    this.#hosts[side].onDeath.delete(this.#deaths[side]);
    if (!this.#open[0] && !this.#open[1]) this.#network.wires.delete(this);
  }
}

/** Who accepts connections at an address. */
export interface Listener {
  readonly host: Host;
  readonly accept: (wire: Wire) => void;
}

export class Network {
  readonly scheduler: Scheduler;
  readonly faults: NetworkFaults = { loss: 0, jitterMs: 0 };
  readonly wires = new Set<Wire>();
  readonly listeners = new Map<string, Listener>();
  /** Which machine has an address, also while nobody listens there. */
  readonly addresses = new Map<string, Host>();
  readonly #baseMs: (from: Host, to: Host) => number;
  readonly #cuts = new Map<Host, Set<Host>>();
  readonly #slow = new Map<Host, number>();

  constructor(scheduler: Scheduler, baseMs: (from: Host, to: Host) => number) {
    this.scheduler = scheduler;
    this.#baseMs = baseMs;
  }

  isCut(from: Host, to: Host): boolean {
    return this.#cuts.get(from)?.has(to) ?? false;
  }

  /** Nothing gets from one host to the other any more; the other way is another cut. */
  cut(from: Host, to: Host): void {
    const cuts = this.#cuts.get(from) ?? new Set();
    this.#cuts.set(from, cuts);
    cuts.add(to);
  }

  heal(from: Host, to: Host): void {
    this.#cuts.get(from)?.delete(to);
    for (const wire of this.wires) if (wire.joins(from, to)) wire.pump();
  }

  healAll(): void {
    this.#cuts.clear();
    this.#slow.clear();
    for (const wire of this.wires) wire.pump();
  }

  /** A clogged network card: everything from and to the host takes this much longer. */
  clog(host: Host, extraMs: number): void {
    this.#slow.set(host, extraMs);
  }
  unclog(host: Host): void {
    this.#slow.delete(host);
  }

  delayMs(from: Host, to: Host): number {
    const { random } = this.scheduler;
    const { loss, jitterMs } = this.faults;
    let delayMs = this.#baseMs(from, to) * (0.8 + 0.4 * random.next());
    if (jitterMs > 0) delayMs += jitterMs * random.next();
    if (loss > 0 && random.chance(loss)) delayMs += RETRANSMIT_MS;
    if (this.#slow.size > 0) delayMs += (this.#slow.get(from) ?? 0) + (this.#slow.get(to) ?? 0);
    return delayMs;
  }

  /** Dials; `settle` is called once, in the dialler, unless nobody ever answers. */
  dial(dialler: Host, address: string, settle: (wire: Wire | undefined) => void, given: () => boolean): void {
    const target = this.addresses.get(address);
    if (target === undefined) throw new Error(`nobody has the address ${address}`);
    const { life } = dialler;
    this.scheduler.after(this.delayMs(dialler, target), undefined, () => {
      if (dialler.life !== life || given()) return;
      if (target.powerless || this.isCut(dialler, target) || this.isCut(target, dialler)) {
        this.scheduler.after(SYN_RETRY_MS, dialler, () => this.dial(dialler, address, settle, given));
        return;
      }
      const listener = this.listeners.get(address);
      const wire = listener === undefined ? undefined : new Wire(this, dialler, target);
      // Dies with either end, also before that has looked at it.
      for (const side of [0, 1] as const) {
        wire?.attach(side, { onReceive: () => undefined, onClosed: () => undefined });
      }
      this.scheduler.after(this.delayMs(target, dialler), dialler, () => settle(wire));
      if (wire !== undefined && listener !== undefined) {
        // A stopped process's kernel accepts for it; the process itself gets to it later.
        this.scheduler.after(0, target, () => listener.accept(wire));
      }
    });
  }
}
