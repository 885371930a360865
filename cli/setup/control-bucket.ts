/**
 * A datacenter's control bucket as the command line needs it: the cluster map, an operator's word
 * that a member is gone for good, and the orders to close or open the datacenter and to shut others out
 * of it. Reads may be a little behind; nothing is decided by them.
 */
import { jetstream } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { createLogger } from "../../common/log.ts";
import { connectNats, type NatsOptions } from "../../common/nats/connect.ts";
import type { ClusterMap, NodeId, ShutOut } from "../../proto/cluster-map.ts";
import {
  decodeFence,
  decodeMap,
  decodeShutOuts,
  encodeFence,
  encodeShutOuts,
} from "../../proto/cluster-map-codec.ts";
import { type FenceWish, nextFenceOrder, nextShutOutOrder } from "../../proto/fence-order.ts";
import {
  CONTROL_BUCKET,
  FENCE_KEY,
  FORGET_KEY_PREFIX,
  MAP_KEY,
  SHUT_OUTS_KEY,
} from "../../proto/subjects.ts";

const CONNECT_MS = 5000;

/** Where a datacenter's NATS is, and as whom one logs in there. */
export interface ControlLogin extends Pick<NatsOptions, "url" | "caText" | "credentials"> {}

export class ControlBucket {
  readonly #connection: NatsConnection;
  readonly #bucket: KV;

  private constructor(connection: NatsConnection, bucket: KV) {
    this.#connection = connection;
    this.#bucket = bucket;
  }

  /** Throws NATS_UNREACHABLE when the server does not answer soon, or has no such bucket. */
  static async connect(login: ControlLogin): Promise<ControlBucket> {
    const log = createLogger({}, "silent");
    const signal = AbortSignal.timeout(CONNECT_MS);
    let connection: NatsConnection | undefined;
    try {
      connection = await connectNats({ ...login, name: "meridian command", log }, signal, () => undefined);
      const bucket = await new Kvm(jetstream(connection)).open(CONTROL_BUCKET);
      // To open it asks for nothing: one that is not there would be found out in the middle.
      await bucket.status();
      return new ControlBucket(connection, bucket);
    } catch (error) {
      await connection?.close();
      throw new MeridianError("NATS_UNREACHABLE", `control bucket at ${login.url}: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  /** Undefined while no cluster was formed. */
  async map(): Promise<ClusterMap | undefined> {
    const entry = await this.#bucket.get(MAP_KEY);
    return entry === null || entry.operation !== "PUT" ? undefined : decodeMap(Buffer.from(entry.value));
  }

  async forget(id: NodeId): Promise<void> {
    await this.#bucket.put(FORGET_KEY_PREFIX + id, "forgotten by an operator");
  }

  /** Takes the word back: what it has not led to yet will not happen. */
  async recall(id: NodeId): Promise<void> {
    await this.#bucket.delete(FORGET_KEY_PREFIX + id);
  }

  /**
   * Orders the datacenter's fence; the controller puts it into the map. Returns the order's number, above
   * every earlier one. Throws BUSY when somebody else orders at the same moment.
   */
  async orderFence(wish: FenceWish): Promise<number> {
    const [map, entry] = await Promise.all([this.map(), this.#bucket.get(FENCE_KEY)]);
    const last = entry?.operation === "PUT" ? decodeFence(Buffer.from(entry.value)) : undefined;
    const fence = nextFenceOrder([map?.fence, last], wish);
    await this.#order(FENCE_KEY, fence.order, encodeFence(fence), entry?.revision);
    return fence.order;
  }

  /**
   * Orders which datacenters are shut out of this one. Returns the number of the order that stands then,
   * its own or, when nothing had to change, the last one. Throws BUSY as `orderFence`.
   */
  async orderShutOuts(change: (origins: readonly ShutOut[]) => readonly ShutOut[]): Promise<number> {
    const [map, entry] = await Promise.all([this.map(), this.#bucket.get(SHUT_OUTS_KEY)]);
    const last = entry?.operation === "PUT" ? decodeShutOuts(Buffer.from(entry.value)) : undefined;
    const next = nextShutOutOrder([map?.shutOuts, last], change);
    if (next === undefined) return Math.max(map?.shutOuts.order ?? 0, last?.order ?? 0);
    await this.#order(SHUT_OUTS_KEY, next.order, encodeShutOuts(next), entry?.revision);
    return next.order;
  }

  async #order(key: string, order: number, value: Uint8Array, revision: number | undefined): Promise<void> {
    try {
      if (revision === undefined) await this.#bucket.create(key, value);
      else await this.#bucket.update(key, value, revision);
    } catch (error) {
      throw new MeridianError("BUSY", `order ${order} was not taken: ${errorMessage(error)}`, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
