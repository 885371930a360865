/**
 * The datacenter's storage nodes as the cluster map names them: polled, read-only, from the control
 * KV. While NATS or the map is away the last known members stay; who is primary of what is told by
 * the nodes themselves, so a late map costs nothing but the news of an added node, and of a datacenter
 * that was declared lost or is let in.
 */
import { Kvm } from "@nats-io/kv";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { ClusterMap, Member } from "../../proto/cluster-map.ts";
import { decodeMap } from "../../proto/cluster-map-codec.ts";
import { CONTROL_BUCKET, MAP_KEY } from "../../proto/subjects.ts";
import type { NatsLink } from "../bus/nats-link.ts";

const POLL_MS = 1000;

export type MembersListener = (members: readonly Member[], clusterId: string) => void;

export class MemberWatch {
  readonly #link: NatsLink;
  readonly #log: Logger;
  readonly #listeners = new Set<MembersListener>();
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  #map: ClusterMap | undefined;
  /** As it was read last. Not its revision: a bucket that is made anew gives the same ones to other maps. */
  #value = Buffer.alloc(0);
  #polling = false;
  #complaint = "";

  constructor(link: NatsLink, log: Logger) {
    this.#link = link;
    this.#log = log;
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
    this.#unlisten = link.listen(() => this.#poll());
  }

  /** Calls `listener` with every new membership; at once if one is known. */
  listen(listener: MembersListener): () => void {
    this.#listeners.add(listener);
    if (this.#map !== undefined) listener(this.#map.members, this.#map.clusterId);
    return () => this.#listeners.delete(listener);
  }

  get known(): boolean {
    return this.#map !== undefined;
  }

  /** The last map that was read. */
  get map(): ClusterMap | undefined {
    return this.#map;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unlisten();
  }

  #poll(): void {
    if (this.#polling || this.#link.connection === undefined) return;
    this.#polling = true;
    this.#read().then(
      () => {
        this.#polling = false;
        this.#complaint = "";
      },
      (error: unknown) => {
        this.#polling = false;
        const reason = errorMessage(error);
        if (reason !== this.#complaint) this.#log.info({ reason }, "the cluster map cannot be read now");
        this.#complaint = reason;
      },
    );
  }

  async #read(): Promise<void> {
    const connection = this.#link.connection;
    if (connection === undefined) return;
    const bucket = await new Kvm(connection).open(CONTROL_BUCKET);
    const entry = await bucket.get(MAP_KEY);
    if (entry === null || entry.operation !== "PUT" || this.#value.equals(entry.value)) return;
    const map = decodeMap(entry.value);
    this.#value = Buffer.from(entry.value);
    const known = this.#map;
    if (known !== undefined && known.clusterId === map.clusterId && known.version >= map.version) return;
    this.#map = map;
    for (const listener of [...this.#listeners]) listener(map.members, map.clusterId);
  }
}
