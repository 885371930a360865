/** Waits until this node follows an order that was taken: its map came in, and what hangs on it was told. */
import { setTimeout as elapse } from "node:timers/promises";
import { MeridianError } from "../../common/errors.ts";

const FOLLOW_MS = 5000;
const LOOK_MS = 20;

/** `followed`: the number of the order that this node follows. Throws IN_DOUBT: it may take effect later. */
export async function followOrder(
  number: number,
  followed: () => number,
  monotonicMs: () => number,
): Promise<void> {
  const untilMs = monotonicMs() + FOLLOW_MS;
  while (followed() < number) {
    if (monotonicMs() > untilMs) {
      throw new MeridianError("IN_DOUBT", `order ${number} was taken, and this node does not follow it yet`);
    }
    await elapse(LOOK_MS);
  }
}
