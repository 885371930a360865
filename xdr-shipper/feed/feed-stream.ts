/** A feed's stream: bounded by bytes and age, its oldest messages going first. */
import { DiscardPolicy, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import { headers } from "@nats-io/transport-node";
import type { FeedConfig } from "../../common/config.ts";
import { feedSets } from "../../common/feed-sets.ts";
import type { Logger } from "../../common/log.ts";
import { feedStream, feedSubjects } from "../../proto/subjects.ts";
import type { NatsLink } from "../bus/nats-link.ts";
import { type Fate, StreamPublisher } from "../bus/stream-publisher.ts";
import { contentTypeOf } from "./formats.ts";

/** A stream holds what readers want: it is given up only when it surely takes nothing any more. */
const REFUSED_MS = 10_000;
/** In which the bus drops a message whose id it has. */
const DUPLICATE_WINDOW_MS = 120_000;
const NANOS = 1_000_000;

export interface FeedStreamOptions {
  readonly link: NatsLink;
  readonly datacenter: string;
  readonly feed: FeedConfig;
  readonly replicas: number;
  readonly onState: (open: boolean, forgotten: boolean) => void;
  readonly log: Logger;
}

export class FeedStream {
  readonly #publisher: StreamPublisher;
  readonly #contentType: string | undefined;

  constructor({ link, datacenter, feed, replicas, onState, log }: FeedStreamOptions) {
    this.#contentType = contentTypeOf(feed.format);
    const ageMs = feed["retention-seconds"] * 1000;
    this.#publisher = new StreamPublisher({
      link,
      log,
      stream: feedStream(datacenter, feed.name),
      streamBytes: feed["retention-bytes"],
      adapt: true,
      refusedMs: REFUSED_MS,
      config: (bytes) => ({
        subjects: feedSubjects(datacenter, feed.name, feed.namespace, feedSets(feed)),
        storage: StorageType.File,
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.Old,
        max_bytes: bytes,
        max_age: ageMs * NANOS,
        num_replicas: replicas,
        duplicate_window: Math.min(DUPLICATE_WINDOW_MS, ageMs) * NANOS,
      }),
      onConnection: () => [],
      onState,
    });
  }

  get open(): boolean {
    return this.#publisher.open;
  }
  get identity(): string {
    return this.#publisher.identity;
  }
  get lastSequence(): number {
    return this.#publisher.lastSequence;
  }
  get messageBytesMax(): number {
    return this.#publisher.messageBytesMax;
  }

  /** `id`: the bus takes one message of it within its window; empty for none. */
  publish(subject: string, message: Uint8Array, id: string, settled: (fate: Fate) => void): void {
    if (id === "" && this.#contentType === undefined) {
      this.#publisher.publish(subject, message, undefined, settled);
      return;
    }
    const head = headers();
    if (id !== "") head.set("Nats-Msg-Id", id);
    if (this.#contentType !== undefined) head.set("content-type", this.#contentType);
    this.#publisher.publish(subject, message, head, settled);
  }

  async close(): Promise<void> {
    await this.#publisher.close();
  }
}
