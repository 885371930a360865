/** A clock that is rehearsed to be wrong while the node runs: it jumps, as a clock that is set does. */
import { MeridianError } from "../../common/errors.ts";
import type { AdminSource } from "./admin-source.ts";

/** A day: more is no clock that runs ahead but a broken one, and expires what is alive. */
const OFFSET_MS_MAX = 86_400_000;

/** `?ms=`: milliseconds ahead of the machine's clock, negative: behind. Throws BAD_REQUEST. */
export function shiftClockRoute(source: AdminSource, query: URLSearchParams): { readonly offsetMs: number } {
  const text = query.get("ms") ?? "";
  const offsetMs = Number(text);
  if (!/^-?\d+$/.test(text) || Math.abs(offsetMs) > OFFSET_MS_MAX) {
    throw new MeridianError("BAD_REQUEST", `ms: a whole number of milliseconds, at most ${OFFSET_MS_MAX}`);
  }
  source.shiftClock(offsetMs);
  return { offsetMs };
}
