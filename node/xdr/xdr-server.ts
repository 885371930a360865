/**
 * The node's side of XDR: accepts the connections of shippers (fabric, role "xdr") and serves tails,
 * scans and applies on them. Knows which slots this node is primary of and tells every shipper.
 */
import type { Registry } from "prom-client";
import type { Clock } from "../../common/clock.ts";
import { MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import type { ChangeTail, ChangeTailOptions } from "../change-log/change-tail.ts";
import type { Storage } from "../store/storage.ts";
import type { ClockSkews } from "./clock-skews.ts";
import type { FeedHold, FeedHolds } from "./feed-holds.ts";
import { FeedMemory } from "./feed-memory.ts";
import type { RemoteApply } from "./remote-apply.ts";
import { ShippedMemory } from "./shipped-memory.ts";
import type { ServedNamespace } from "./wire-slots.ts";
import type { ShipSettingsSource } from "./xdr-settings.ts";
import { createXdrMetrics, type XdrMetrics } from "./xdr-metrics.ts";
import { XdrSession } from "./xdr-session.ts";

export interface XdrServerOptions {
  readonly remoteApply: RemoteApply;
  readonly storage: Pick<Storage, "snapshot" | "meta" | "write" | "firstSequence" | "readLog">;
  readonly openTail: (options: ChangeTailOptions) => ChangeTail;
  /**
   * The configured namespaces by id (always all of them), with the log ids of the map in force; log
   * id 0 before there is a map.
   */
  readonly namespaces: () => readonly ServedNamespace[];
  /** This datacenter's changes are held back by a fence: none is handed to a shipper. */
  readonly held: () => boolean;
  /** What is shipped to each destination, and how. */
  readonly settings: ShipSettingsSource;
  /** Source id of this datacenter: its own changes are refused when they come back. */
  readonly localSourceId: number;
  readonly clock: Clock;
  /** Where shippers tell what they measure of other datacenters' clocks. */
  readonly skews: ClockSkews;
  /** Declared consumers of change feeds. */
  readonly holds: Pick<FeedHolds, "current" | "onChange">;
  readonly log: Logger;
  readonly metrics: Registry;
}

/** What the node's listener knows of who has connected. */
export interface XdrHello {
  readonly sender: string;
  readonly datacenter: string;
}

/** Connections of shippers at once: instances x (destinations + origins) stay far below. */
const CONNECTIONS_MAX = 1024;

export class XdrServer {
  readonly options: XdrServerOptions;
  readonly memory: ShippedMemory;
  readonly feeds: FeedMemory;
  readonly metrics: XdrMetrics;
  readonly #sessions = new Set<XdrSession>();
  readonly #unsubscribe: () => void;
  readonly #unfollowHolds: () => void;

  constructor(options: XdrServerOptions) {
    this.options = options;
    this.memory = new ShippedMemory(options.storage, (error) => {
      options.log.error({ err: error }, "what is shipped cannot be saved");
    });
    this.feeds = new FeedMemory({
      storage: options.storage,
      onSaved: (...saved) => this.#consumed(...saved),
      onError: (error) => options.log.error({ err: error }, "positions of feeds cannot be saved"),
    });
    this.metrics = createXdrMetrics(options.metrics);
    this.#unfollowHolds = options.holds.onChange((added, removed) => this.#holdsChanged(added, removed));
    this.#unsubscribe = options.remoteApply.onPrimaryChanged((slots) => this.#primaryChanged(slots));
  }

  /** Takes over a connection whose Hello had role "xdr". */
  accept(connection: FrameConnection, hello: XdrHello): void {
    if (this.#sessions.size >= CONNECTIONS_MAX) {
      connection.destroy(new MeridianError("BUSY", "too many shipper connections"));
      return;
    }
    const log = this.options.log.child({ shipper: hello.sender, remote: connection.remote });
    const session = new XdrSession(this, connection, log);
    this.#sessions.add(session);
    this.metrics.connections.set(this.#sessions.size);
    connection.handle({
      onFrame: (frame) => session.receive(frame),
      onDrain: () => session.drained(),
      onClose: (error) => {
        session.close();
        this.#sessions.delete(session);
        this.metrics.connections.set(this.#sessions.size);
        if (error !== undefined) log.warn({ err: error }, "a shipper's connection broke");
      },
    });
    log.info("a shipper connected");
  }

  /** Ends all connections; resolves once what must survive is on disk. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.#unfollowHolds();
    for (const session of this.#sessions) session.end();
    await this.memory.close();
    await this.feeds.close();
  }

  /** The log ids are known: what consumers are known to have is about these logs, or void. */
  mapKnown(): void {
    for (const { feed, consumer } of this.options.holds.current) this.feeds.load(feed, consumer);
  }

  /** Who was here before the node's start has a position on the disk; of who is gone nothing stays. */
  #holdsChanged(added: readonly FeedHold[], removed: readonly FeedHold[]): void {
    for (const { feed, consumer } of added) this.feeds.load(feed, consumer);
    for (const { feed, consumer } of removed) this.feeds.forget(feed, consumer);
  }

  #consumed(feed: string, consumer: string, logId: number, covered: Float64Array): void {
    const { holds, namespaces, remoteApply } = this.options;
    const hold = holds.current.find((one) => one.feed === feed && one.consumer === consumer);
    if (hold === undefined || namespaces()[hold.namespaceId]?.logId !== logId) return;
    covered.forEach((sequence, partition) => {
      remoteApply.noteShipped(hold.id, hold.first + partition, sequence);
    });
  }

  #primaryChanged(slots: readonly Slot[]): void {
    for (const session of this.#sessions) session.primaryChanged(slots);
  }
}
