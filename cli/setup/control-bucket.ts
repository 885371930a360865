/**
 * A datacenter's control bucket as the command line needs it: the cluster map, and an operator's
 * word that a member is gone for good. Reads may be a little behind; nothing is decided by them.
 */
import { jetstream } from "@nats-io/jetstream";
import { type KV, Kvm } from "@nats-io/kv";
import type { NatsConnection } from "@nats-io/transport-node";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { createLogger } from "../../common/log.ts";
import { connectNats } from "../../common/nats/connect.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";
import { decodeMap } from "../../proto/cluster-map-codec.ts";
import { CONTROL_BUCKET, FORGET_KEY_PREFIX, MAP_KEY } from "../../proto/subjects.ts";

const CONNECT_MS = 5000;

export class ControlBucket {
  readonly #connection: NatsConnection;
  readonly #bucket: KV;

  private constructor(connection: NatsConnection, bucket: KV) {
    this.#connection = connection;
    this.#bucket = bucket;
  }

  /** Throws NATS_UNREACHABLE when the server does not answer soon, or has no such bucket. */
  static async connect(url: string): Promise<ControlBucket> {
    const log = createLogger({}, "silent");
    const signal = AbortSignal.timeout(CONNECT_MS);
    let connection: NatsConnection | undefined;
    try {
      connection = await connectNats({ url, name: "meridian command", log }, signal, () => undefined);
      return new ControlBucket(connection, await new Kvm(jetstream(connection)).open(CONTROL_BUCKET));
    } catch (error) {
      await connection?.close();
      throw new MeridianError("NATS_UNREACHABLE", `control bucket at ${url}: ${errorMessage(error)}`, {
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

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
