/** A listener of the WAN link and its connections: the way of a shipper to another datacenter's NATS. */
import { connect, createServer, type Server, type Socket } from "node:net";
import { MeridianError } from "../../common/errors.ts";
import type { LaneConfig } from "./config.ts";
import { Passage } from "./passage.ts";
import type { Way } from "./way.ts";

/** More connections than this at once are refused: the proxy's bound. */
const CONNECTIONS_MAX = 256;

/** The ways a lane's bytes go: from the origin's NATS to the destination, and back. */
export interface LaneWays {
  readonly in: Way;
  readonly back: Way;
}

export interface LaneStatus {
  readonly origin: string;
  readonly destination: string;
  readonly state: "up" | "cut";
  readonly connections: number;
  /** Bytes from origin's NATS to destination's shipper, and back. */
  readonly bytesToDestination: number;
  readonly bytesToOrigin: number;
}

export class Lane {
  readonly config: LaneConfig;
  readonly #ways: LaneWays;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  /** Which of the targets is dialled: the next one after each failure. */
  #target = 0;
  #refusing = false;
  #bytesToDestination = 0;
  #bytesToOrigin = 0;

  constructor(config: LaneConfig, ways: LaneWays) {
    this.config = config;
    this.#ways = ways;
    this.#server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) =>
      this.#accept(socket),
    );
    this.#server.maxConnections = CONNECTIONS_MAX;
  }

  get port(): number {
    const bound = this.#server.address();
    return typeof bound === "object" && bound !== null ? bound.port : this.config.port;
  }

  listen(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error: NodeJS.ErrnoException) => {
        const { origin, destination, port } = this.config;
        const taken = error.code === "EADDRINUSE";
        const reason = taken ? "is taken" : error.message;
        const message = `WAN link ${origin} to ${destination}: port ${port} ${reason}`;
        reject(new MeridianError(taken ? "PORT_TAKEN" : "CONFIG_INVALID", message, { cause: error }));
      });
      this.#server.listen(this.config.port, address, resolve);
    });
  }

  /** Takes over what the ways have become; with `reset` connections are torn down and refused. */
  apply(reset: boolean): void {
    this.#refusing = reset;
    for (const connection of this.#connections) {
      if (reset) connection.destroy();
      else connection.follow();
    }
  }

  status(): LaneStatus {
    return {
      origin: this.config.origin,
      destination: this.config.destination,
      state: this.#ways.in.stalled && this.#ways.back.stalled ? "cut" : "up",
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
    if (this.#refusing) {
      socket.resetAndDestroy();
      return;
    }
    const connection = new Connection(socket, this.#ways, {
      dial: () => this.#dial(),
      toOrigin: (bytes) => {
        this.#bytesToOrigin += bytes;
      },
      toDestination: (bytes) => {
        this.#bytesToDestination += bytes;
      },
      closed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    connection.follow();
  }

  #dial(): Socket {
    const { targets } = this.config;
    const { host, port } = splitTarget(targets[this.#target % targets.length] ?? "");
    const socket = connect({ host, port, allowHalfOpen: true });
    let connected = false;
    socket.once("connect", () => {
      connected = true;
    });
    socket.once("close", () => {
      if (!connected) this.#target += 1;
    });
    return socket;
  }
}

function splitTarget(target: string): { host: string; port: number } {
  const colon = target.lastIndexOf(":");
  return { host: target.slice(0, colon), port: Number(target.slice(colon + 1)) };
}

interface ConnectionEvents {
  dial(): Socket;
  toOrigin(bytes: number): void;
  toDestination(bytes: number): void;
  closed(): void;
}

/** A proxied connection. The far side is dialled once neither way is stalled, as a handshake needs both. */
class Connection {
  readonly #near: Socket;
  readonly #ways: LaneWays;
  readonly #events: ConnectionEvents;
  #far: Socket | undefined;
  #toFar: Passage | undefined;
  #toNear: Passage | undefined;
  /** An end broke while stalled: the other end must not learn of it before the link heals. */
  #broken = false;

  constructor(near: Socket, ways: LaneWays, events: ConnectionEvents) {
    this.#near = near;
    this.#ways = ways;
    this.#events = events;
    near.setNoDelay(true);
    this.#watch(near);
  }

  /** Goes as its ways do. */
  follow(): void {
    const { in: toNear, back: toFar } = this.#ways;
    if (this.#broken && !this.#stalled) {
      this.destroy();
      return;
    }
    if (this.#far === undefined && !this.#stalled) this.#dial();
    if (toFar.stalled) this.#toFar?.stall();
    else this.#toFar?.resume();
    if (toNear.stalled) this.#toNear?.stall();
    else this.#toNear?.resume();
  }

  destroy(): void {
    this.#near.destroy();
    this.#far?.destroy();
    this.#events.closed();
  }

  get #stalled(): boolean {
    return this.#ways.in.stalled || this.#ways.back.stalled;
  }

  #dial(): void {
    const far = this.#events.dial();
    far.pause();
    far.setNoDelay(true);
    this.#far = far;
    this.#watch(far);
    this.#toFar = new Passage(this.#near, far, this.#ways.back.shaper, this.#events.toOrigin);
    this.#toNear = new Passage(far, this.#near, this.#ways.in.shaper, this.#events.toDestination);
  }

  #watch(socket: Socket): void {
    // What broke it does not matter to a proxy: the other end sees its connection break.
    socket.on("error", () => {
      this.#broken = true;
      if (!this.#stalled) this.destroy();
    });
    // A clean end was passed on by its passage, behind the last byte.
    socket.on("close", () => {
      if (this.#near.closed && (this.#far === undefined || this.#far.closed)) this.#events.closed();
    });
  }
}
