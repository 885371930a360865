/**
 * Drives a ship core: steps it, has its effects carried out in order, and wakes it when a message that is
 * being packed is due. What comes up while effects are carried out waits its turn.
 */
import type { Clock } from "../../common/clock.ts";
import type { RunsEvent, ScanChunkEvent, ShipEffect, ShipEvent } from "./core/events.ts";
import type { ShipState } from "./core/ship-state.ts";
import { step } from "./ship.ts";

/** A frame whose runs or chunk are packed by the step that they are taken in. */
export interface Source {
  readonly event: RunsEvent | ScanChunkEvent;
  readonly body: Buffer;
}

export class CoreDriver {
  readonly #ship: ShipState;
  readonly #clock: Clock;
  readonly #carryOut: (effect: ShipEffect, source: Source | undefined) => void;
  readonly #waiting: ShipEvent[] = [];
  #stepping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    ship: ShipState,
    clock: Clock,
    carryOut: (effect: ShipEffect, source: Source | undefined) => void,
  ) {
    this.#ship = ship;
    this.#clock = clock;
    this.#carryOut = carryOut;
  }

  /** `body`: of the frame that the event is about, where it holds what may be packed. */
  take(event: ShipEvent, body?: Buffer): void {
    if (this.#stepping) {
      this.#waiting.push(event);
      return;
    }
    this.#stepping = true;
    let source: Source | undefined;
    if (body !== undefined && (event.kind === "runs" || event.kind === "scan-chunk"))
      source = { event, body };
    try {
      for (let next: ShipEvent | undefined = event; next !== undefined; next = this.#waiting.shift()) {
        for (const effect of step(this.#ship, next, this.#clock.monotonicMs()))
          this.#carryOut(effect, source);
        source = undefined;
      }
    } finally {
      this.#stepping = false;
    }
    this.#armTimer();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #armTimer(): void {
    if (this.#timer !== undefined) return;
    if (!this.#ship.channels.some(({ slots }) => slots.length > 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.take({ kind: "tick" });
    }, this.#ship.options.messageDelayMs);
  }
}
