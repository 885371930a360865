/**
 * What one node remembers of the members' ups and downs, from the maps it has seen: since when each
 * is down, and who was taken for dead by mistake. A member that comes back with the same boot was
 * alive all the time, and only too slow: taking it down and up again makes all of its partitions join
 * anew, which makes it slower still. So each such mistake doubles the patience with it for a while,
 * as route flap damping does for routes that come and go (RFC 2439). Who has just started gets some in
 * advance: thousands of partitions join, and the controller that is among them decides on them all. A
 * connection that is refused is proof of a dead process, and needs no patience.
 */
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";

/** How long a mistake is remembered, milliseconds. */
const REMEMBERED_MS = 60_000;
/** Nothing is moved for balance for so long after a mistake: the next one may follow. */
const CALM_AFTER_MS = 5000;
const DOUBLINGS_MAX = 3;
/** A member counts as just started for so long. */
const STARTING_MS = 5000;

export class MemberHistory {
  readonly #downs = new Map<NodeId, { readonly sinceMs: number; readonly boot: number }>();
  readonly #mistakes = new Map<NodeId, number[]>();
  /** The boot that each member was last seen with, and since when, where it was seen to change. */
  readonly #boots = new Map<NodeId, { readonly boot: number; readonly sinceMs: number }>();

  /** Takes in the members of a map, of which there may be older ones that were never seen. */
  note(members: ClusterMap["members"], nowMs: number): void {
    for (const { id, state, boot } of members) {
      const before = this.#boots.get(id);
      if (before === undefined) this.#boots.set(id, { boot, sinceMs: -Infinity });
      else if (before.boot < boot) this.#boots.set(id, { boot, sinceMs: nowMs });
      const down = this.#downs.get(id);
      if (state === "down") {
        if (down === undefined) this.#downs.set(id, { sinceMs: nowMs, boot });
      } else if (down !== undefined) {
        this.#downs.delete(id);
        if (down.boot === boot) this.#mistakes.set(id, [...this.#recent(id, nowMs), nowMs]);
      }
    }
  }

  /** Since when the members that are down have been so. */
  get downSinceMs(): ReadonlyMap<NodeId, number> {
    return new Map([...this.#downs].map(([id, { sinceMs }]) => [id, sinceMs]));
  }

  /** By how much longer than others each member may be silent; those without an entry: 1. */
  patience(nowMs: number): ReadonlyMap<NodeId, number> {
    const factors = new Map<NodeId, number>();
    for (const id of this.#mistakes.keys()) {
      const mistakes = this.#recent(id, nowMs).length;
      if (mistakes === 0) this.#mistakes.delete(id);
      else factors.set(id, 2 ** Math.min(mistakes, DOUBLINGS_MAX));
    }
    for (const [id, { sinceMs }] of this.#boots) {
      if (nowMs - sinceMs < STARTING_MS) factors.set(id, Math.max(2, factors.get(id) ?? 1));
    }
    return factors;
  }

  /** Whether no mistake was made lately. */
  isCalm(nowMs: number): boolean {
    return [...this.#mistakes.values()].every((times) => nowMs - (times.at(-1) ?? -Infinity) > CALM_AFTER_MS);
  }

  #recent(id: NodeId, nowMs: number): number[] {
    return (this.#mistakes.get(id) ?? []).filter((atMs) => nowMs - atMs < REMEMBERED_MS);
  }
}
