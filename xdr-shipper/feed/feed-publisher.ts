/** Entries of the log as messages on a feed's stream, one each, and gaps where the log has none. */
import type { Clock } from "../../common/clock.ts";
import type { FeedConfig } from "../../common/config.ts";
import type { Logger } from "../../common/log.ts";
import { Entry, Operation, splitEntries } from "../../proto/entry.ts";
import { RecordImage } from "../../proto/record.ts";
import type { RecordRowBytes } from "../../proto/record-rows.ts";
import { feedGapSubject, feedSubject } from "../../proto/subjects.ts";
import type { Fate } from "../bus/stream-publisher.ts";
import { beforeOf, type ChangeFacts, changedBins, operationName, outcomeOf, sourceOf } from "./change.ts";
import { FeedFilter } from "./feed-filter.ts";
import type { StandingPlace } from "./feed-snapshots.ts";
import type { FeedSlot } from "./feed-slot.ts";
import type { FeedStream } from "./feed-stream.ts";
import { encodeChange, encodeGap } from "./formats.ts";

export interface FeedCounts {
  published: number;
  publishedBytes: number;
  /** Published although it may have been before. */
  again: number;
  /** Groups of messages that the bus did not take. */
  failedGroups: number;
  /** Declared gaps, and versions in them. */
  gaps: number;
  missed: number;
  /** Changes larger than the bus takes: told without what the record was before, or without any bins. */
  tooLarge: number;
  /** Records handed to readers as they stand. */
  snapshot: number;
  /** Changes of its sets that the feed's filter left out. */
  filtered: number;
}

export interface FeedPublisherOptions {
  readonly feed: FeedConfig;
  readonly datacenter: string;
  /** Names of datacenters by source id, this one included. */
  readonly datacenters: ReadonlyMap<number, string>;
  readonly stream: FeedStream;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Entries of one partition, concatenated: all that is wanted of [from, to]. */
interface LogRun {
  readonly from: number;
  readonly to: number;
  readonly entries: Buffer;
}

/** Headers and subject of a message. */
const HEAD_BYTES = 1024;

export class FeedPublisher {
  readonly #options: FeedPublisherOptions;
  readonly #filter: FeedFilter;
  readonly counts: FeedCounts = {
    published: 0,
    publishedBytes: 0,
    again: 0,
    failedGroups: 0,
    gaps: 0,
    missed: 0,
    tooLarge: 0,
    snapshot: 0,
    filtered: 0,
  };

  constructor(options: FeedPublisherOptions) {
    this.#options = options;
    this.#filter = new FeedFilter(options.feed);
  }

  /** Publishes a run; `message` is asked for each message, whom to tell its fate. Its last sequence, or 0. */
  run(slot: FeedSlot, logId: number, run: LogRun, message: () => (fate: Fate) => void): number {
    let account = slot.join(run.from, run.to);
    let last = 0;
    for (const bytes of splitEntries(run.entries)) {
      const entry = new Entry(bytes);
      const { sequence } = entry;
      if (!this.#publish(slot, logId, entry, account, message)) continue;
      account = sequence + 1;
      last = sequence;
    }
    slot.chain = account;
    return last;
  }

  /** Says that the log no longer has [from, to]. Lost, it is found out as any message is, and said again. */
  gap(slot: FeedSlot, logId: number, from: number, to: number, isLoss: boolean): void {
    const { feed, datacenter, stream, clock, log } = this.#options;
    const { partition } = slot;
    if (isLoss) {
      this.counts.gaps++;
      this.counts.missed += to - from + 1;
      log.error({ partition, from, to }, "the log was trimmed past the feed: a gap is declared");
    }
    const gap = { namespace: feed.namespace, logId, partition, from, to };
    const bytes = encodeGap(feed.format, datacenter, gap, clock.wallMs());
    stream.publish(feedGapSubject(datacenter, feed.name), bytes, "", () => undefined);
  }

  /** A record as it stood there; undefined when the feed does not tell it. */
  standing(place: StandingPlace, row: RecordRowBytes): Uint8Array | undefined {
    const { logId, partition, sequence, tombstones } = place;
    const { feed, datacenter, datacenters, stream, clock } = this.#options;
    if (row.image === undefined) return undefined;
    const image = new RecordImage(row.image);
    if (image.tombstone && !tombstones) return undefined;
    const origin = datacenters.get(image.sourceId) ?? String(image.sourceId);
    const set = image.setName.toString("utf8");
    if (!this.#filter.hasSet(set) || !this.#filter.hasOrigin(origin)) return undefined;
    if (!this.#filter.passes({ image, digest: row.digest }, clock.wallMs())) return undefined;
    this.counts.snapshot++;
    const facts: ChangeFacts = {
      namespace: feed.namespace,
      set,
      digest: row.digest,
      image,
      operation: "snapshot",
      origin,
      outcome: origin === datacenter ? "local" : "applied",
      changed: [],
      source: undefined,
      place: { logId, partition, from: sequence, sequence, again: false },
    };
    return this.#encode(facts, stream.messageBytesMax - HEAD_BYTES);
  }

  /** False when the feed does not tell it. */
  #publish(
    slot: FeedSlot,
    logId: number,
    entry: Entry,
    from: number,
    message: () => (fate: Fate) => void,
  ): boolean {
    const { feed, datacenter, datacenters, stream, clock } = this.#options;
    const { image, sequence } = entry;
    const madeBy = makerOf(entry);
    const set = image.setName.toString("utf8");
    if (!this.#filter.hasSet(set)) return false;
    const again = sequence <= slot.published;
    const facts: ChangeFacts = {
      namespace: feed.namespace,
      set,
      digest: entry.digest,
      image,
      before: feed["before-image"] ? beforeOf(entry) : undefined,
      operation: operationName(entry.operation),
      origin: madeBy === 0 ? datacenter : (datacenters.get(madeBy) ?? String(madeBy)),
      outcome: outcomeOf(entry),
      changed: changedBins(entry),
      source: sourceOf(entry),
      place: { logId, partition: slot.partition, from, sequence, again },
    };
    if (!this.#filter.wants(facts) || !this.#filter.passes(facts, clock.wallMs())) {
      this.counts.filtered++;
      return false;
    }
    const bytes = this.#encode(facts, stream.messageBytesMax - HEAD_BYTES);
    this.counts.published++;
    this.counts.publishedBytes += bytes.length;
    if (again) this.counts.again++;
    else slot.published = sequence;
    const attempt = slot.attempt === 0 ? "" : `.${slot.attempt}`;
    const id = `${logId}:${slot.partition}:${sequence}${attempt}`;
    stream.publish(feedSubject(datacenter, feed.namespace, set), bytes, id, message());
    return true;
  }

  #encode(facts: ChangeFacts, bytesMax: number): Uint8Array {
    const { datacenter, feed } = this.#options;
    const chosen = { chosen: this.#filter.bins };
    const bytes = encodeChange(feed.format, datacenter, facts, chosen);
    if (bytes.length <= bytesMax) return bytes;
    this.counts.tooLarge++;
    const alone: ChangeFacts = facts.before ? { ...facts, before: "too-large" } : facts;
    const without = alone === facts ? bytes : encodeChange(feed.format, datacenter, alone, chosen);
    return without.length <= bytesMax ? without : encodeChange(feed.format, datacenter, alone, "none");
  }
}

/**
 * Source id of the datacenter that has made the change, 0 = this one. Of a forwarded change whose version
 * does not stand, the log does not tell: then the one that it came from.
 */
function makerOf(entry: Entry): number {
  const stands = entry.operation !== Operation.merge;
  return entry.isForwarded && stands ? entry.image.sourceId : entry.originId;
}
