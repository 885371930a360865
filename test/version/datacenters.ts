/**
 * Two to five datacenters that write and exchange one record, built from the real parts: clock,
 * images, merge. What a property test schedules; knows nothing of the oracle.
 */
import { type Clock, HybridClock } from "../../common/clock.ts";
import { type ConflictPolicy, type MergeOutcome, merge } from "../../common/version/order.ts";
import { highestSeen, seenAfterWrite } from "../../common/version/version.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";

const NOTHING = Buffer.alloc(0);

/** One datacenter's copy of the record, and its clock. */
export class Datacenter {
  readonly sourceId: number;
  /** The wall clock; a schedule sets it anywhere, also back. */
  wallMs: number;
  image: RecordImage | undefined;
  readonly #policy: ConflictPolicy;
  #hybrid: HybridClock;

  constructor(policy: ConflictPolicy, sourceId: number, wallMs: number) {
    this.#policy = policy;
    this.sourceId = sourceId;
    this.wallMs = wallMs;
    this.#hybrid = this.#newClock();
  }

  /** A failover: the new primary never issued a LUT before. */
  failOver(): void {
    this.#hybrid = this.#newClock();
  }

  /** A local write or, with `tombstone`, delete, as the primary makes it. */
  write(content: number, tombstone: boolean): RecordImage {
    const seen = this.image?.seen ?? [];
    const lut = this.#hybrid.next(highestSeen(seen));
    const image = encodeImage({
      generation: (this.image?.generation ?? 0) + 1,
      lut,
      sourceId: this.sourceId,
      voidTime: 0,
      tombstone,
      seen: seenAfterWrite(seen, this.sourceId, lut),
      setName: NOTHING,
      userKey: NOTHING,
      binCount: 0,
      bins: tombstone ? NOTHING : Buffer.of(content),
    });
    this.image = new RecordImage(image);
    return this.image;
  }

  /** A change of another datacenter arrives. */
  receive(incoming: RecordImage): MergeOutcome {
    const before = this.image;
    const { outcome, seen, changed } = merge(this.#policy, before, incoming);
    const incomingStays = outcome === "created" || outcome === "overwrote" || outcome === "won";
    const survivor = incomingStays ? incoming : before;
    if (survivor === undefined) throw new Error("a merge without a survivor");
    this.image = new RecordImage(survivor.withSeen(seen));
    const reallyChanged = before === undefined || !before.bytes.equals(this.image.bytes);
    if (changed !== reallyChanged) throw new Error(`merge said changed=${changed}, the bytes say otherwise`);
    return outcome;
  }

  #newClock(): HybridClock {
    const clock: Clock = { wallMs: () => this.wallMs, monotonicMs: () => 0 };
    return new HybridClock(clock);
  }
}
