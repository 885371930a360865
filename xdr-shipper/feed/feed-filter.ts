/**
 * Which changes a feed tells, by its configuration. What is not told is passed over as what is no change:
 * positions go on behind it.
 *
 * Names of changed bins are those that the write named where it was made. They say all that changed here
 * only of what was written here: what came from another datacenter is told whatever it names, since changes
 * that lie between it and the version here may have been filtered, or came another way.
 */
import type { FeedConfig } from "../../common/config.ts";
import { FilterExpression } from "../../common/expression/filter-expression.ts";
import { feedSets } from "../../common/feed-sets.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import type { ChangeFacts } from "./change.ts";
import type { BinChoice } from "./particle.ts";

export class FeedFilter {
  /** Bins of a record that are told. */
  readonly bins: BinChoice;
  readonly #sets: ReadonlySet<string> | undefined;
  readonly #origins: ReadonlySet<string> | undefined;
  readonly #operations: ReadonlySet<string> | undefined;
  readonly #expression: FilterExpression | undefined;

  constructor(feed: FeedConfig) {
    const setOf = (values: readonly string[] | undefined) =>
      values === undefined ? undefined : new Set(values);
    this.#sets = setOf(feedSets(feed));
    this.bins = setOf(feed.bins);
    this.#origins = setOf(feed.origins);
    this.#operations = setOf(feed.operations);
    this.#expression = feed.expression === undefined ? undefined : FilterExpression.ofBase64(feed.expression);
  }

  hasSet(set: string): boolean {
    return this.#sets?.has(set) ?? true;
  }

  hasOrigin(origin: string): boolean {
    return this.#origins?.has(origin) ?? true;
  }

  /** Whether the record passes the feed's expression; of what is deleted its metadata only is known. */
  passes({ image, digest }: Pick<ChangeFacts, "image" | "digest">, nowMs: number): boolean {
    return this.#expression?.passes(new ImageRecord(image, digest), nowMs) ?? true;
  }

  /** Of a record of its sets. */
  wants(facts: ChangeFacts): boolean {
    return (
      this.hasOrigin(facts.origin) &&
      (this.#operations?.has(facts.operation) ?? true) &&
      this.#concernsBins(facts)
    );
  }

  #concernsBins({ operation, outcome, changed, image }: ChangeFacts): boolean {
    const { bins } = this;
    if (bins === undefined || outcome !== "local") return true;
    if (operation === "touch") return false;
    // It may stand in the place of one that has expired without a word.
    if (operation === "insert" && image.generation > 1) return true;
    return changed.length === 0 || changed.some((name) => bins.has(name));
  }
}
