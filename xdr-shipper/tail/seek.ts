/** The core's seeks as the nodes read them. */
import { meridian } from "../../proto/gen/tail.js";
import type { ShipEffect } from "../ship/core/events.ts";

const { TailSeek } = meridian.tail;

export function encodeSeek(effect: Extract<ShipEffect, { kind: "seek" }>): Uint8Array {
  const { number, slots, bases, covered, dropped, recovering, destinationLogIds } = effect;
  return TailSeek.encode({
    number,
    slots: [...slots],
    bases: [...bases],
    covered: [...covered],
    dropped: [...dropped],
    recovering: [...recovering],
    destinationLogIds: [...destinationLogIds],
  }).finish();
}
