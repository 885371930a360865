/** TCP as node:net gives it, as far as the product uses it, over wires of the simulated network. */
import { EventEmitter } from "node:events";
import type { Host, Scheduled } from "./host.ts";
import type { Wire } from "./network.ts";
import { world } from "./present.ts";

const HIGH_WATER_BYTES = 16 * 1024;

export class VirtualSocket extends EventEmitter {
  readonly host: Host;
  destroyed = false;
  remoteAddress = "";
  remotePort = 0;
  #wire: Wire | undefined;
  #side: 0 | 1 = 0;
  #corked: Uint8Array[] | undefined;
  /** Written before the connection stood. */
  #early: Uint8Array[] = [];
  #full = false;
  #deadline: Scheduled | undefined;

  constructor(host: Host) {
    super();
    this.host = host;
  }

  static dial(address: string): VirtualSocket {
    const { scheduler, network } = world();
    const host = scheduler.current;
    if (host === undefined) throw new Error("only a host can dial");
    const socket = new VirtualSocket(host);
    const settle = (wire: Wire | undefined): void => {
      if (socket.destroyed) wire?.close(0);
      else if (wire === undefined) socket.#refused();
      else {
        socket.attach(wire, 0);
        socket.emit("connect");
      }
    };
    network.dial(host, address, settle, () => socket.destroyed);
    return socket;
  }

  attach(wire: Wire, side: 0 | 1): void {
    this.#wire = wire;
    this.#side = side;
    wire.attach(side, {
      onReceive: (items) => this.#received(items),
      onClosed: () => this.#end(undefined),
      onDrained: () => {
        if (!this.#full) return;
        this.#full = false;
        this.emit("drain");
      },
    });
    const early = this.#early;
    this.#early = [];
    for (const bytes of early) this.write(bytes);
  }

  get writableLength(): number {
    return this.#wire?.pendingBytes(this.#side) ?? 0;
  }

  setNoDelay(): this {
    return this;
  }

  /** Fires once, when nothing has come of the connection by then; 0 takes it back. */
  setTimeout(ms: number, run?: () => void): this {
    this.#deadline?.cancel();
    this.#deadline = ms === 0 || run === undefined ? undefined : world().scheduler.after(ms, this.host, run);
    return this;
  }

  cork(): void {
    this.#corked ??= [];
  }
  uncork(): void {
    const corked = this.#corked;
    this.#corked = undefined;
    if (corked !== undefined && corked.length > 0) this.write(Buffer.concat(corked));
  }

  write(bytes: Uint8Array): boolean {
    if (this.destroyed) return false;
    if (this.#corked !== undefined) {
      this.#corked.push(bytes);
      return true;
    }
    if (this.#wire === undefined) {
      this.#early.push(Buffer.from(bytes));
      return true;
    }
    this.#wire.send(this.#side, Buffer.from(bytes), bytes.length);
    if (this.writableLength > HIGH_WATER_BYTES) this.#full = true;
    return !this.#full;
  }

  end(): void {
    this.destroy();
  }

  destroy(error?: Error): void {
    if (this.destroyed) return;
    this.#wire?.close(this.#side);
    this.#end(error);
  }

  #received(items: readonly unknown[]): void {
    const chunks = items as readonly Buffer[];
    if (this.destroyed) return;
    this.emit("data", chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  }

  #refused(): void {
    const error: NodeJS.ErrnoException = new Error("connect ECONNREFUSED");
    error.code = "ECONNREFUSED";
    this.#end(error);
  }

  #end(error: Error | undefined): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#deadline?.cancel();
    world().scheduler.after(0, this.host, () => {
      if (error !== undefined && this.listenerCount("error") > 0) this.emit("error", error);
      this.emit("close");
    });
  }
}

export class VirtualServer extends EventEmitter {
  readonly #accept: (socket: VirtualSocket) => void;
  #address = "";
  #forget: () => void = () => undefined;

  constructor(accept: (socket: VirtualSocket) => void) {
    super();
    this.#accept = accept;
  }

  maxConnections = 0;

  get listening(): boolean {
    return this.#address !== "";
  }
  address(): null {
    return null;
  }

  /** As the fabric and as the door listens. */
  listen(at: number | { host: string; port: number }, ...rest: [string, () => void] | [() => void]): void {
    const [address, done] = rest.length === 2 ? rest : ["", rest[0]];
    if (typeof at === "number") this.#listen(address, at, done);
    else this.#listen(at.host, at.port, done);
  }

  #listen(address: string, port: number, done: () => void): void {
    const { scheduler, network } = world();
    const host = scheduler.current;
    if (host === undefined) throw new Error("only a host can listen");
    this.#address = `${address}:${port}`;
    network.listeners.set(this.#address, {
      host,
      accept: (wire) => {
        const socket = new VirtualSocket(host);
        socket.attach(wire, 1);
        this.#accept(socket);
      },
    });
    this.#forget = () => {
      network.listeners.delete(this.#address);
      host.onDeath.delete(this.#forget);
    };
    host.onDeath.add(this.#forget);
    scheduler.after(0, host, done);
  }

  close(done: () => void): void {
    this.#forget();
    const { scheduler } = world();
    scheduler.after(0, scheduler.current, done);
  }
}
