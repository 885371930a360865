/**
 * A datacenter's NATS server: core subjects, the control bucket, the ship streams. It keeps no
 * promise that the product could lean on: core messages get lost, answers get lost, reads may be
 * old, streams forget, "stored" is said of what is not. All of it under the seed.
 */
import { KvModel } from "../kv-model.ts";
import type { RawEntry } from "../../../node/controller/control-kv.ts";
import type { Host } from "./host.ts";
import type { Wire } from "./network.ts";
import { world } from "./present.ts";
import { ShipStream } from "./ship-stream.ts";

export interface NatsFaults {
  /** Chances, per message or call. */
  coreLoss: number;
  /** The answer to a call is lost; the call took effect. */
  lostReply: number;
  /** A read of the control bucket by its leader is answered by one that is behind (split brain). */
  staleLeader: number;
  /** A read that any replica may answer. */
  staleRead: number;
  /** "Stored", of a message that was not. */
  falseAck: number;
  /** A message is stored, and lost later. */
  streamLoss: number;
  repeat: number;
  reorder: number;
  damage: number;
}

export const NO_NATS_FAULTS: NatsFaults = {
  coreLoss: 0,
  lostReply: 0,
  staleLeader: 0,
  staleRead: 0,
  falseAck: 0,
  streamLoss: 0,
  repeat: 0,
  reorder: 0,
  damage: 0,
};

/** What clients and server send each other. */
export type ToServer =
  | { readonly op: "publish"; readonly subject: string; readonly data: Uint8Array; readonly reply: string }
  | { readonly op: "subscribe"; readonly sid: number; readonly subject: string }
  | { readonly op: "unsubscribe"; readonly sid: number }
  /** With id 0 nobody waits for an answer. */
  | { readonly op: "call"; readonly id: number; readonly run: (session: ServerSession) => unknown }
  | { readonly op: "ping" };

export type ToClient =
  | {
      readonly op: "message";
      readonly sid: number;
      readonly subject: string;
      readonly data: Uint8Array;
      readonly reply: string;
    }
  | { readonly op: "answer"; readonly id: number; readonly value: unknown; readonly error: unknown }
  /** Something that the server sends on its own: watched values, deliveries. */
  | { readonly op: "push"; readonly run: () => void }
  | { readonly op: "pong" };

export class NatsServer {
  readonly host: Host;
  readonly address: string;
  faults: NatsFaults = NO_NATS_FAULTS;
  readonly bucket: KvModel;
  readonly streams = new Map<string, ShipStream>();
  readonly sessions = new Set<ServerSession>();

  constructor(host: Host, address: string) {
    this.host = host;
    this.address = address;
    this.bucket = new KvModel({ deliver: (run) => run() });
  }

  start(): void {
    const { network } = world();
    this.host.life++;
    this.host.up = true;
    this.host.powerless = false;
    network.listeners.set(this.address, {
      host: this.host,
      accept: (wire) => this.sessions.add(new ServerSession(this, wire)),
    });
    this.host.onDeath.add(() => {
      network.listeners.delete(this.address);
      for (const session of [...this.sessions]) session.end();
    });
  }

  publish(subject: string, data: Uint8Array, reply: string): void {
    const { random } = world().scheduler;
    for (const session of this.sessions) {
      for (const [sid, wanted] of session.subscriptions) {
        if (wanted !== subject || random.chance(this.faults.coreLoss)) continue;
        session.send({ op: "message", sid, subject, data, reply }, data.length);
      }
    }
  }

  stream(name: string, bytesMax: number): ShipStream {
    const found = this.streams.get(name) ?? new ShipStream(this, bytesMax);
    this.streams.set(name, found);
    return found;
  }

  /** The latest value of a key; by the leader, or by whoever answers. */
  async read(key: string, byLeader: boolean): Promise<RawEntry | undefined> {
    const { scheduler, count } = world();
    const chance = byLeader ? this.faults.staleLeader : this.faults.staleRead;
    if (!scheduler.random.chance(chance)) return this.bucket.last(key);
    count("stale read");
    return this.bucket.first(key, 1);
  }
}

export class ServerSession {
  readonly server: NatsServer;
  readonly subscriptions = new Map<number, string>();
  /** Ends with the session. */
  readonly attached = new Set<() => void>();
  readonly #wire: Wire;

  constructor(server: NatsServer, wire: Wire) {
    this.server = server;
    this.#wire = wire;
    wire.attach(1, {
      onReceive: (items) => {
        for (const item of items as readonly ToServer[]) this.#take(item);
      },
      onClosed: () => this.end(),
    });
  }

  send(item: ToClient, bytes: number): void {
    this.#wire.send(1, item, bytes);
  }

  end(): void {
    this.server.sessions.delete(this);
    for (const detach of [...this.attached]) detach();
    this.attached.clear();
    this.#wire.close(1);
  }

  #take(item: ToServer): void {
    switch (item.op) {
      case "publish":
        this.server.publish(item.subject, item.data, item.reply);
        break;
      case "subscribe":
        this.subscriptions.set(item.sid, item.subject);
        break;
      case "unsubscribe":
        this.subscriptions.delete(item.sid);
        break;
      case "ping":
        this.send({ op: "pong" }, 1);
        break;
      case "call":
        if (item.id === 0) item.run(this);
        else this.#call(item.id, item.run);
        break;
    }
  }

  #call(id: number, run: (session: ServerSession) => unknown): void {
    const answer = (value: unknown, error: unknown): void => {
      const { scheduler, count } = world();
      if (scheduler.random.chance(this.server.faults.lostReply)) count("reply lost");
      else this.send({ op: "answer", id, value, error }, 64);
    };
    // Later calls may be waiting behind: a failure is the caller's.
    new Promise((resolve) => resolve(run(this))).then(
      (value) => answer(value, undefined),
      (error: unknown) => answer(undefined, error),
    );
  }
}
