/** Which sets a change feed tells. */
import type { FeedConfig } from "./config.ts";

/** Sets whose records a feed tells; undefined: all. */
export function feedSets({ set }: Pick<FeedConfig, "set">): readonly string[] | undefined {
  return typeof set === "string" ? [set] : set;
}
