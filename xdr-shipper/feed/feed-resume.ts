/**
 * Where a feed begins in partitions that are new to an instance, by what the nodes keep; where its
 * readers begin; and what a consumer lacks.
 */
import { type ConsumerPositions, oldest, STANDING } from "./feed-consumers.ts";
import type { KeptState } from "./feed-nodes.ts";
import type { FeedSlot } from "./feed-slot.ts";

interface Resumed {
  readonly slots: readonly FeedSlot[];
  readonly consumers: readonly ConsumerPositions[];
  readonly stream: { readonly identity: string; readonly lastSequence: number };
}

/**
 * Sets slots and consumers to what the nodes keep. True when the feed goes on where it was; false when
 * the stream is not the one it had published to, or has lost its end: then it begins where its oldest
 * consumer is, or with what the log still has.
 */
export function resume(
  { own, consumers: kept, ends }: KeptState,
  { slots, consumers, stream }: Resumed,
): boolean {
  for (const consumer of consumers) {
    const known = kept.get(consumer.key);
    if (known === undefined) continue;
    for (const { partition } of slots) {
      const { lasts, covered, moves } = known;
      consumer.set(partition, lasts[partition] ?? 0, covered[partition] ?? 0, moves[partition] ?? 0);
    }
    consumer.stream = known.stream;
    consumer.streamLast = known.streamLast;
    consumer.open = known.open;
  }
  const holds = own.stream === stream.identity && stream.lastSequence >= own.streamLast;
  for (const slot of slots) {
    const { partition } = slot;
    const from = holds
      ? { last: own.lasts[partition] ?? 0, covered: own.covered[partition] ?? 0 }
      : oldest(consumers, partition);
    slot.reset(from.last, from.covered);
    slot.published = own.stream === "" ? 0 : (ends[partition] ?? 0);
  }
  return holds;
}

/** For who begins to read: positions in the lanes of this instance, as JSON. */
export function beginning(
  logId: number,
  slots: readonly FeedSlot[],
  lanes: readonly number[],
  consumer: ConsumerPositions | undefined,
): object {
  const partitions = slots.map(({ partition }) => partition);
  const known = partitions.filter((partition) => consumer?.knows(partition) ?? false);
  return {
    lanes,
    log: logId,
    published: slots.map(({ partition, ackedLast }) => [partition, ackedLast]),
    positions: known.map((partition) => [partition, consumer?.last(partition) ?? 0]),
    standing: partitions.filter((partition) => consumer?.lasts[partition] === STANDING),
    move: partitions.reduce((most, partition) => Math.max(most, consumer?.moves[partition] ?? 0), 0),
    stream: consumer?.stream ?? "",
    streamLast: consumer?.streamLast ?? 0,
    open: consumer?.open ?? false,
  };
}

/** Partitions of which a consumer that has read all does not have what was acknowledged before `before`. */
export function lacking(slots: readonly FeedSlot[], consumer: ConsumerPositions, before: number): number[] {
  return slots
    .filter((slot) => slot.ackedLast > consumer.last(slot.partition) && slot.ackedAt < before)
    .map(({ partition }) => partition);
}
