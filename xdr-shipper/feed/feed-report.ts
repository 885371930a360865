/** A feed is its own reporter: what the bus has acknowledged, as the ship core is told of a destination. */
import { SHIP_LANES } from "../../common/limits.ts";
import type { Report } from "../ship/core/events.ts";
import type { FeedSlot } from "./feed-slot.ts";

const ALL_LANES = Array.from({ length: SHIP_LANES }, (_, lane) => lane);

export function feedReport(
  number: number,
  logId: number,
  slots: readonly FeedSlot[],
  progress: Report["progress"],
): Report {
  return {
    reporter: 1,
    number,
    lanes: ALL_LANES,
    sections: [
      {
        namespace: 0,
        logId,
        partitions: slots.map(({ partition }) => partition),
        positions: slots.map(({ acked }) => acked),
      },
    ],
    progress,
    busyLanes: [],
    shutOut: false,
    fullPart: 1,
    fullParts: 1,
    served: [true],
    servedLogIds: [0],
  };
}
