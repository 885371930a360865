/**
 * Which lanes this instance works on: every shipper of the datacenter with the role tells that it
 * lives, and each lane goes to the live instance that rendezvous hashing favours. Views differ for
 * a moment when one comes or goes; then a lane is worked on twice or not at all, which costs time
 * only. While NATS is away the last view stays.
 */
import { createHash } from "node:crypto";
import { SHIP_LANES } from "../common/limits.ts";
import { meridian } from "../proto/gen/bus.js";
import { shipperPresenceSubject } from "../proto/subjects.ts";
import type { NatsLink } from "./bus/nats-link.ts";
import type { NatsConnection } from "@nats-io/transport-node";

const { Presence } = meridian.bus;

export type ShipperRole = "ship" | "apply";

const HEARTBEAT_MS = 500;
const DEAD_MS = 2000;
const SUMMARY_MS = 2000;
const NO_SUMMARY = new Uint8Array(0);

interface Peer {
  readonly roles: readonly string[];
  heardAt: number;
}

export interface LanesOptions {
  readonly link: NatsLink;
  readonly datacenter: string;
  readonly name: string;
  /** Identity of this process, below 2^48. */
  readonly instance: number;
  readonly roles: readonly ShipperRole[];
  readonly onLanes: (role: ShipperRole, lanes: readonly number[]) => void;
  readonly now: () => number;
  /** What is told to the others of the datacenter now and then, and what another one tells. */
  readonly summary: () => Uint8Array | undefined;
  readonly onSummary: (summary: Uint8Array) => void;
}

export class Lanes {
  readonly #options: LanesOptions;
  readonly #subject: string;
  readonly #peers = new Map<string, Peer>();
  readonly #owned = new Map<ShipperRole, string>();
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #upSince = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#subject = shipperPresenceSubject(options.datacenter);
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
    this.#timer = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#decide();
  }

  /** Names of the instances that live, this one included. */
  get instances(): readonly string[] {
    return [this.#options.name, ...this.#peers.keys()].sort();
  }

  /** Says goodbye, so that others need not wait for silence. */
  close(): void {
    clearInterval(this.#timer);
    this.#unlisten();
    this.#say(true);
  }

  #linked(connection: NatsConnection | undefined): void {
    this.#upSince = this.#options.now();
    if (connection === undefined || connection === this.#connection) return;
    this.#connection = connection;
    connection.subscribe(this.#subject, { callback: (_error, message) => this.#heard(message.data) });
    this.#say(false);
  }

  #beat(): void {
    const now = this.#options.now();
    const due = this.#peers.size > 0 && now - this.#toldAt >= SUMMARY_MS;
    if (due) this.#toldAt = now;
    this.#say(false, due ? this.#options.summary() : undefined);
    // Silence counts only while we could have heard.
    const listening = this.#options.link.connection !== undefined && now - this.#upSince > DEAD_MS;
    if (listening) {
      for (const [name, peer] of this.#peers) if (now - peer.heardAt > DEAD_MS) this.#peers.delete(name);
    }
    this.#decide();
  }

  #say(leaving: boolean, summary: Uint8Array = NO_SUMMARY): void {
    const { link, name, instance, roles } = this.#options;
    link.connection?.publish(
      this.#subject,
      Presence.encode({ name, instance, roles: [...roles], leaving, summary }).finish(),
    );
  }

  #heard(message: Uint8Array): void {
    const presence = decodePresence(message);
    if (presence === undefined) return;
    const { name, instance, roles, leaving } = presence;
    if (instance === this.#options.instance || name === this.#options.name) return;
    const isNew = !this.#peers.has(name);
    if (leaving) this.#peers.delete(name);
    else this.#peers.set(name, { roles, heardAt: this.#options.now() });
    if (presence.summary.length > 0) this.#options.onSummary(presence.summary);
    if (isNew && !leaving) this.#say(false);
    if (isNew || leaving) this.#decide();
  }

  #decide(): void {
    const { name, roles, onLanes } = this.#options;
    for (const role of roles) {
      const rivals = [...this.#peers].filter(([, peer]) => peer.roles.includes(role)).map(([peer]) => peer);
      const lanes = lanesOf(name, [name, ...rivals]);
      const key = lanes.join();
      if (this.#owned.get(role) === key) continue;
      this.#owned.set(role, key);
      onLanes(role, lanes);
    }
  }
}

/** Undefined for what is no presence: anybody may publish on a subject. */
function decodePresence(message: Uint8Array): ReturnType<typeof Presence.decode> | undefined {
  try {
    return Presence.decode(message);
  } catch {
    return undefined;
  }
}

/** The lanes that go to `name` among `instances`. */
export function lanesOf(name: string, instances: readonly string[]): number[] {
  const lanes: number[] = [];
  for (let lane = 0; lane < SHIP_LANES; lane++) {
    let best = "";
    let bestWeight = "";
    for (const instance of instances) {
      const weight = createHash("sha256").update(`${lane}/${instance}`).digest("hex");
      if (weight > bestWeight) [best, bestWeight] = [instance, weight];
    }
    if (best === name) lanes.push(lane);
  }
  return lanes;
}
