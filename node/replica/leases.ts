/**
 * Leases between nodes, both directions. Monotonic milliseconds only; the caller brings the time.
 *
 * A lease is for a pair of nodes, not for a partition. Node A's beacon, sent at t by A's clock and
 * answered by B, lets A act as primary of what B is in sync of until t + lease. B, which answered,
 * promises not to act in A's place until lease + margin after the answer by B's own clock; since
 * the answer came after t, B's promise ends after A's lease whatever the clocks show, as long as
 * their rates differ by less than the margin.
 */
import type { NodeId } from "../../proto/cluster-map.ts";

/** Share of a lease added to a promise for clocks that run at different rates. */
const PROMISE_MARGIN = 0.05;

export class Leases {
  readonly #leaseMs: number;
  readonly #heldUntil = new Map<NodeId, number>();
  readonly #promisedUntil = new Map<NodeId, number>();
  /** What an earlier life of this node may have promised: it is not remembered across a restart. */
  readonly #bootPromise: number;

  constructor(leaseMs: number, nowMs: number) {
    this.#leaseMs = leaseMs;
    this.#bootPromise = nowMs + leaseMs * (1 + PROMISE_MARGIN);
  }

  /** `peer` answered the beacon that was sent at `sentAtMs`. */
  granted(peer: NodeId, sentAtMs: number): void {
    const until = sentAtMs + this.#leaseMs;
    if (until > (this.#heldUntil.get(peer) ?? 0)) this.#heldUntil.set(peer, until);
  }

  /** Whether `peer`'s promise to this node still stands. */
  holds(peer: NodeId, nowMs: number): boolean {
    return (this.#heldUntil.get(peer) ?? 0) > nowMs;
  }

  /** Whether anybody's promise to this node still stands. */
  holdsAny(nowMs: number): boolean {
    for (const until of this.#heldUntil.values()) if (until > nowMs) return true;
    return false;
  }

  /** This node answers a beacon of `peer` now. */
  promise(peer: NodeId, nowMs: number): void {
    this.#promisedUntil.set(peer, nowMs + this.#leaseMs * (1 + PROMISE_MARGIN));
  }

  /** Until when this node must not act in the place of `predecessors`; null: whoever they were. */
  promiseEnd(predecessors: readonly NodeId[] | null): number {
    if (predecessors === null) return Math.max(this.#bootPromise, ...this.#promisedUntil.values());
    if (predecessors.length === 0) return 0;
    return Math.max(this.#bootPromise, ...predecessors.map((id) => this.#promisedUntil.get(id) ?? 0));
  }
}
