/**
 * A simulated network of TCP connections: each direction in order, nothing lost as long as the
 * connection lives. A cut direction holds what it carries (TCP would send it again); a broken
 * connection loses it, and its two ends learn of that separately, or one of them never.
 */
import type { Random, VirtualTime } from "./virtual-time.ts";

/** One end's owner: runs handlers when it can (later when paused, never once dead). */
export interface Host {
  readonly machine: number;
  deliver(run: () => void): void;
}

export interface ConnectionHandlers<Message> {
  onMessage(message: Message): void;
  /** Called at most once, and not after an own close(). */
  onClose(): void;
}

type Side = "dialler" | "listener";

class Direction {
  /** When the last message sent arrives: the next one arrives no earlier. */
  arrivesMs = 0;
  readonly held: (() => void)[] = [];
}

export class Connection<Message> {
  readonly #network: Network<Message>;
  readonly hosts: Readonly<Record<Side, Host>>;
  readonly #handlers: Partial<Record<Side, ConnectionHandlers<Message>>> = {};
  readonly #directions: Record<Side, Direction> = { dialler: new Direction(), listener: new Direction() };
  readonly #closed: Record<Side, boolean> = { dialler: false, listener: false };
  #broken = false;

  constructor(network: Network<Message>, dialler: Host, listener: Host) {
    this.#network = network;
    this.hosts = { dialler, listener };
  }

  handle(side: Side, handlers: ConnectionHandlers<Message>): void {
    this.#handlers[side] = handlers;
  }
  isClosed(side: Side): boolean {
    return this.#closed[side];
  }
  connects(a: number, b: number): boolean {
    const { dialler, listener } = this.hosts;
    return (
      (dialler.machine === a && listener.machine === b) || (dialler.machine === b && listener.machine === a)
    );
  }
  get dead(): boolean {
    return this.#closed.dialler && this.#closed.listener;
  }

  send(from: Side, message: Message): void {
    if (this.#closed[from]) return;
    this.#carry(from, () => {
      const to = other(from);
      this.hosts[to].deliver(() => {
        if (!this.#closed[to]) this.#handlers[to]?.onMessage(message);
      });
    });
  }

  /** Closes one end; the other learns of it after all that was sent before, or at once. */
  close(from: Side, losesInFlight: boolean): void {
    if (this.#closed[from]) return;
    this.#closed[from] = true;
    if (losesInFlight) this.#broken = true;
    this.#carry(from, () => this.#tell(other(from)), true);
  }

  /** The network breaks it: what is in flight is lost. */
  break(): void {
    this.#broken = true;
    for (const side of ["dialler", "listener"] as const) {
      this.#network.time.after(this.#network.latencyMs(), () => this.#tell(side));
    }
  }

  release(from: Side): void {
    for (const arrive of this.#directions[from].held.splice(0)) arrive();
  }
  dropHeld(): void {
    for (const direction of Object.values(this.#directions)) direction.held.splice(0);
  }
  holds(from: Side): { readonly from: number; readonly to: number } {
    return { from: this.hosts[from].machine, to: this.hosts[other(from)].machine };
  }

  #tell(side: Side): void {
    this.hosts[side].deliver(() => {
      if (this.#closed[side]) return;
      this.#closed[side] = true;
      this.#handlers[side]?.onClose();
    });
  }

  #carry(from: Side, arrive: () => void, isEnd = false): void {
    const direction = this.#directions[from];
    const { time } = this.#network;
    direction.arrivesMs = Math.max(direction.arrivesMs, time.nowMs + this.#network.latencyMs());
    time.after(direction.arrivesMs - time.nowMs, () => {
      if (this.#broken && !isEnd) return;
      const { from: source, to } = this.holds(from);
      if (direction.held.length > 0 || this.#network.isCut(source, to)) direction.held.push(arrive);
      else arrive();
    });
  }
}

function other(side: Side): Side {
  return side === "dialler" ? "listener" : "dialler";
}

export class Network<Message> {
  readonly time: VirtualTime;
  /** Nothing is late for no reason any more. */
  calm = false;
  readonly #random: Random;
  readonly #latencyMs: readonly [number, number];
  readonly #cuts = new Set<string>();
  #connections: Connection<Message>[] = [];

  constructor(time: VirtualTime, random: Random, latencyMs: readonly [number, number]) {
    this.time = time;
    this.#random = random;
    this.#latencyMs = latencyMs;
  }

  latencyMs(): number {
    const [low, high] = this.#latencyMs;
    const late = !this.calm && this.#random.chance(0.02);
    return this.#random.between(low, late ? 8 * high : high);
  }
  isCut(from: number, to: number): boolean {
    return this.#cuts.has(`${from}>${to}`);
  }

  connect(dialler: Host, listener: Host): Connection<Message> {
    this.#connections = this.#connections.filter((connection) => !connection.dead);
    const connection = new Connection<Message>(this, dialler, listener);
    this.#connections.push(connection);
    return connection;
  }

  cut(from: number, to: number): void {
    this.#cuts.add(`${from}>${to}`);
  }
  heal(from: number, to: number): void {
    if (!this.#cuts.delete(`${from}>${to}`)) return;
    for (const connection of this.#connections) {
      for (const side of ["dialler", "listener"] as const) {
        const ends = connection.holds(side);
        if (ends.from === from && ends.to === to) connection.release(side);
      }
    }
  }
  /** What cuts hold never arrives: the connections it was on had been given up. */
  dropHeld(): void {
    for (const connection of this.#connections) connection.dropHeld();
  }
  healAll(): void {
    for (const cut of [...this.#cuts]) {
      const [from, to] = cut.split(">").map(Number);
      if (from !== undefined && to !== undefined) this.heal(from, to);
    }
  }
  /** A process is gone: its ends of all its connections are closed. */
  closeHost(host: Host): void {
    for (const connection of this.#connections) {
      for (const side of ["dialler", "listener"] as const) {
        if (connection.hosts[side] === host) connection.close(side, this.#random.chance(0.5));
      }
    }
  }
  /** Breaks the connections between two machines. */
  break(a: number, b: number): void {
    for (const connection of this.#connections) if (connection.connects(a, b)) connection.break();
  }
}
