/**
 * The wide-area network of a set-up on one machine: a TCP proxy with a listener for each ordered
 * pair (destination's shipper to origin's NATS), which can be cut.
 *
 * A cut is what a broken WAN is to both ends: nothing arrives any more in either direction, also
 * no end of a connection, and nobody is told. Connections opened meanwhile get no answer. When it
 * heals, what is still open goes on with every byte in its place. With `reset` the connections are
 * torn down instead, as by a firewall that lost its state.
 *
 * Must guarantee: bounded memory (bytes wait in the kernel's socket buffers, reading stops), and
 * bytes of a connection are never lost or reordered. All bytes pass through `Direction.pass`:
 * delay and bandwidth limits belong there.
 */
import { createServer, connect, type Server, type Socket } from "node:net";
import { MeridianError } from "../../common/errors.ts";

export interface WanPair {
  readonly origin: string;
  readonly destination: string;
  /** Port to listen on; 0 for any. */
  readonly port: number;
  readonly targetPort: number;
}

export type CutMode = "blackhole" | "reset";

export interface WanPairStatus {
  readonly origin: string;
  readonly destination: string;
  readonly state: "up" | "cut";
  readonly connections: number;
  /** Bytes from origin's NATS to destination's shipper, and back. */
  readonly bytesToDestination: number;
  readonly bytesToOrigin: number;
}

/** More connections than this at once are refused: the proxy's bound. */
const CONNECTIONS_MAX = 1024;
const ADDRESS = "127.0.0.1";

export class WanLink {
  readonly #lanes: Lane[] = [];

  /** Listens for every pair; throws PORT_TAKEN. Pairs in `cut` start cut. */
  static async start(pairs: readonly WanPair[], isCut: (pair: WanPair) => boolean): Promise<WanLink> {
    const link = new WanLink();
    try {
      for (const pair of pairs) {
        const lane = new Lane(pair);
        link.#lanes.push(lane);
        if (isCut(pair)) lane.cut("blackhole");
        await lane.listen();
      }
    } catch (error) {
      await link.close();
      throw error;
    }
    return link;
  }

  /** The port that a pair listens on. */
  portOf(origin: string, destination: string): number {
    const lane = this.#lanes.find(
      (one) => one.pair.origin === origin && one.pair.destination === destination,
    );
    if (lane === undefined) throw new MeridianError("NOT_FOUND", `no link ${origin} to ${destination}`);
    return lane.port;
  }

  /** Cuts both ways between two datacenters. */
  cut(a: string, b: string, mode: CutMode): void {
    for (const lane of this.#between(a, b)) lane.cut(mode);
  }

  heal(a: string, b: string): void {
    for (const lane of this.#between(a, b)) lane.heal();
  }

  status(): WanPairStatus[] {
    return this.#lanes.map((lane) => lane.status());
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #between(a: string, b: string): Lane[] {
    const lanes = this.#lanes.filter(
      ({ pair }) =>
        (pair.origin === a && pair.destination === b) || (pair.origin === b && pair.destination === a),
    );
    if (lanes.length > 0) return lanes;
    const names = [...new Set(this.#lanes.map(({ pair }) => pair.origin))].join(", ");
    throw new MeridianError("NOT_FOUND", `no WAN link between ${a} and ${b}; linked are: ${names}`);
  }
}

/** One listener and its connections. */
class Lane {
  readonly pair: WanPair;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #mode: CutMode | "up" = "up";
  #bytesToDestination = 0;
  #bytesToOrigin = 0;

  constructor(pair: WanPair) {
    this.pair = pair;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
      this.#accept(socket),
    );
    this.#server.maxConnections = CONNECTIONS_MAX;
  }

  get port(): number {
    const bound = this.#server.address();
    return typeof bound === "object" && bound !== null ? bound.port : this.pair.port;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => {
        const { origin, destination, port } = this.pair;
        const taken = error.code === "EADDRINUSE";
        const reason = taken ? "is taken" : error.message;
        const message = `WAN link ${origin} to ${destination}: port ${port} ${reason}`;
        reject(new MeridianError(taken ? "PORT_TAKEN" : "CONFIG_INVALID", message, { cause: error }));
      });
      this.#server.listen(this.pair.port, ADDRESS, resolve);
    });
  }

  cut(mode: CutMode): void {
    this.#mode = mode;
    for (const connection of this.#connections) {
      if (mode === "reset") connection.destroy();
      else connection.stall();
    }
  }

  heal(): void {
    this.#mode = "up";
    for (const connection of this.#connections) connection.resume();
  }

  status(): WanPairStatus {
    return {
      origin: this.pair.origin,
      destination: this.pair.destination,
      state: this.#mode === "up" ? "up" : "cut",
      connections: this.#connections.size,
      bytesToDestination: this.#bytesToDestination,
      bytesToOrigin: this.#bytesToOrigin,
    };
  }

  close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    if (this.#mode === "reset") {
      socket.resetAndDestroy();
      return;
    }
    const connection = new Connection(socket, this.pair.targetPort, {
      toOrigin: (bytes) => {
        this.#bytesToOrigin += bytes;
      },
      toDestination: (bytes) => {
        this.#bytesToDestination += bytes;
      },
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    if (this.#mode === "up") connection.resume();
  }
}

interface ConnectionEvents {
  toOrigin(bytes: number): void;
  toDestination(bytes: number): void;
  closed(): void;
}

/** A proxied connection. It starts stalled; the far side is dialled when it is first resumed. */
class Connection {
  readonly #near: Socket;
  readonly #targetPort: number;
  readonly #events: ConnectionEvents;
  #far: Socket | undefined;
  #toFar: Direction | undefined;
  #toNear: Direction | undefined;
  #stalled = true;
  /** An end broke while cut: the other end must not learn of it before the link heals. */
  #broken = false;

  constructor(near: Socket, targetPort: number, events: ConnectionEvents) {
    this.#near = near;
    this.#targetPort = targetPort;
    this.#events = events;
    near.setNoDelay(true);
    this.#watch(near);
  }

  stall(): void {
    this.#stalled = true;
    this.#toFar?.stall();
    this.#toNear?.stall();
  }

  resume(): void {
    this.#stalled = false;
    if (this.#broken) {
      this.destroy();
      return;
    }
    if (this.#far === undefined) this.#dial();
    this.#toFar?.resume();
    this.#toNear?.resume();
  }

  destroy(): void {
    this.#near.destroy();
    this.#far?.destroy();
    this.#events.closed();
  }

  #dial(): void {
    const far = connect({ port: this.#targetPort, host: ADDRESS, allowHalfOpen: true });
    far.pause();
    far.setNoDelay(true);
    this.#far = far;
    this.#watch(far);
    this.#toFar = new Direction(this.#near, far, this.#events.toOrigin);
    this.#toNear = new Direction(far, this.#near, this.#events.toDestination);
  }

  #watch(socket: Socket): void {
    // What broke it does not matter to a proxy: the other end sees its connection break.
    socket.on("error", () => {
      this.#broken = true;
      if (!this.#stalled) this.destroy();
    });
    // A clean end was passed on by its direction, behind the last byte.
    socket.on("close", () => {
      if (this.#near.closed && (this.#far === undefined || this.#far.closed)) this.#events.closed();
    });
  }
}

/** One way of a connection: every byte passes here, and only while it is not stalled. */
class Direction {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #count: (bytes: number) => void;
  #stalled = true;
  #full = false;

  constructor(from: Socket, to: Socket, count: (bytes: number) => void) {
    this.#from = from;
    this.#to = to;
    this.#count = count;
    from.on("data", (chunk: Buffer) => this.pass(chunk));
    from.on("end", () => to.end());
    to.on("drain", () => {
      this.#full = false;
      this.#flow();
    });
    // A listener of "data" starts the flow: hold it until resume().
    from.pause();
  }

  pass(chunk: Buffer): void {
    this.#count(chunk.length);
    this.#full = !this.#to.write(chunk);
    this.#flow();
  }

  stall(): void {
    this.#stalled = true;
    this.#flow();
  }

  resume(): void {
    this.#stalled = false;
    this.#flow();
  }

  #flow(): void {
    if (this.#stalled || this.#full) this.#from.pause();
    else this.#from.resume();
  }
}
