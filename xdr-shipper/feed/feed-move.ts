/**
 * A declared consumer's position moved on purpose, back or forward. A move has a number, one above the last
 * one's: reports and kept positions with a lower one are void, so neither a process that still reads, nor a
 * node or a shipper that was away, brings the old position back.
 */
import { type ConsumerPositions, OLDEST, STANDING } from "./feed-consumers.ts";
import type { MoveRequest } from "./feed-desk.ts";
import type { FeedSlot } from "./feed-slot.ts";

/** A consumer that reads reports at least every two seconds. */
const HEARD_MS = 6000;

export interface MoveContext {
  readonly logId: number;
  /** In the lanes of this instance. */
  readonly slots: readonly FeedSlot[];
  /** Where a partition's log ends, as far as it is known. */
  readonly ends: (partition: number) => number;
  /** Monotonic milliseconds; `since`: consumers are heard since then. */
  readonly now: number;
  readonly since: number;
}

export interface MoveRefusal {
  readonly code: string;
  readonly message: string;
}

/** The latest move in these partitions. */
export function moveOf(slots: readonly FeedSlot[], { moves }: ConsumerPositions): number {
  return slots.reduce((most, { partition }) => Math.max(most, moves[partition] ?? 0), 0);
}

/** Moves all of the partitions, or none: then why. */
export function moveConsumer(
  consumer: ConsumerPositions,
  request: MoveRequest,
  context: MoveContext,
): MoveRefusal | undefined {
  const refusal = refusalOf(consumer, request, context);
  if (refusal !== undefined) return refusal;
  const given = new Map(request.positions);
  for (const slot of context.slots) {
    const { partition } = slot;
    const { last, covered } = placeIn(consumer, slot, request.to, given.get(partition));
    consumer.move(partition, last, covered, request.move);
  }
  // The stream is read from its beginning.
  consumer.stream = "";
  consumer.streamLast = 0;
  consumer.open = request.open;
  consumer.heardAt = Number.NEGATIVE_INFINITY;
  return undefined;
}

function refusalOf(
  consumer: ConsumerPositions,
  request: MoveRequest,
  { logId, slots, ends, now, since }: MoveContext,
): MoveRefusal | undefined {
  const { name } = consumer;
  if (request.to === "positions" && request.log !== logId) {
    return { code: "BAD_REQUEST", message: `positions are of log ${request.log}; this one is log ${logId}` };
  }
  if (request.move <= moveOf(slots, consumer)) {
    return { code: "MOVED", message: `${name} was moved by somebody else at the same time` };
  }
  for (const [partition, sequence] of request.positions) {
    const slot = slots.find((one) => one.partition === partition);
    if (slot === undefined) continue;
    const end = Math.max(ends(partition), slot.acked, slot.published);
    if (sequence > end) {
      return {
        code: "BAD_REQUEST",
        message: `partition ${partition} ends at ${end}: ${sequence} is not there`,
      };
    }
  }
  if (request.force) return undefined;
  if (consumer.open && now - consumer.heardAt < HEARD_MS) {
    return { code: "CONSUMER_READS", message: `somebody reads as ${name}: end that first, or move by force` };
  }
  if (now - since < HEARD_MS) {
    return { code: "BUSY", message: `whether somebody reads as ${name} is not known yet` };
  }
  return undefined;
}

function placeIn(
  consumer: ConsumerPositions,
  { partition, ackedLast, covered }: FeedSlot,
  to: MoveRequest["to"],
  given: number | undefined,
): { readonly last: number; readonly covered: number } {
  switch (to) {
    case "beginning":
      return { last: STANDING, covered: 0 };
    case "oldest":
      return { last: OLDEST, covered: 0 };
    case "now":
      return { last: ackedLast, covered };
    case "positions": {
      if (given !== undefined) return { last: given, covered: given };
      const stays = consumer.lasts[partition] ?? 0;
      const last = stays < 0 || consumer.knows(partition) ? stays : OLDEST;
      return { last, covered: consumer.covered[partition] ?? 0 };
    }
  }
}
