/** One direction between two datacenters: whether it is stalled, and its shape. */
import type { Shaper } from "./shaper.ts";

export class Way {
  readonly from: string;
  readonly to: string;
  readonly shaper: Shaper;
  stalled = false;

  constructor(from: string, to: string, shaper: Shaper) {
    this.from = from;
    this.to = to;
    this.shaper = shaper;
  }
}
