/**
 * One primary per partition and epoch, and epochs that only rise. Fed with what nodes did, in the order
 * in which it happened. Claims:
 * - no two nodes serve a partition in the same epoch. A node is known by its identity: wiped or
 *   restored it is another one, restarted with its disk it is the same;
 * - the epoch that a node goes by for a partition never falls, restarts included;
 * - nothing is acknowledged in an epoch after a greater one has acknowledged something.
 */

export interface EpochEvent {
  /** `adopts`: the node goes by this epoch. `serves`: it takes requests as primary in it. */
  readonly kind: "adopts" | "serves" | "acknowledges";
  readonly partition: string;
  readonly node: string;
  readonly epoch: number;
}

export class EpochChecker {
  readonly problems: string[] = [];
  readonly #primaries = new Map<string, string>();
  readonly #highestOfNode = new Map<string, number>();
  readonly #acknowledged = new Map<string, { readonly epoch: number; readonly node: string }>();

  observe(event: EpochEvent): void {
    const { kind, partition, node, epoch } = event;
    const own = `${partition} ${node}`;
    const before = this.#highestOfNode.get(own) ?? epoch;
    if (epoch < before)
      this.problems.push(`${node} goes back from epoch ${before} to ${epoch} of partition ${partition}`);
    this.#highestOfNode.set(own, Math.max(before, epoch));
    if (kind === "adopts") return;
    const seat = `${partition} ${epoch}`;
    const primary = this.#primaries.get(seat) ?? node;
    this.#primaries.set(seat, primary);
    if (primary !== node) {
      this.problems.push(
        `${primary} and ${node} are both primary of partition ${partition} in epoch ${epoch}`,
      );
    }
    if (kind === "serves") return;
    const last = this.#acknowledged.get(partition);
    if (last !== undefined && last.epoch > epoch) {
      this.problems.push(
        `${node} acknowledges in epoch ${epoch} of partition ${partition}, after ${last.node} did in ${last.epoch}`,
      );
    } else this.#acknowledged.set(partition, { epoch, node });
  }
}
