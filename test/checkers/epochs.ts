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

/** Of one partition. */
interface Seen {
  readonly primaries: Map<number, string>;
  readonly highestOfNode: Map<string, number>;
  acknowledged: { readonly epoch: number; readonly node: string } | undefined;
}

export class EpochChecker {
  readonly problems: string[] = [];
  readonly #seen = new Map<string, Seen>();

  observe(event: EpochEvent): void {
    const { kind, partition, node, epoch } = event;
    const { highestOfNode, primaries, acknowledged } = this.#of(partition);
    const before = highestOfNode.get(node) ?? epoch;
    if (epoch < before)
      this.problems.push(`${node} goes back from epoch ${before} to ${epoch} of partition ${partition}`);
    highestOfNode.set(node, Math.max(before, epoch));
    if (kind === "adopts") return;
    const primary = primaries.get(epoch) ?? node;
    primaries.set(epoch, primary);
    if (primary !== node) {
      this.problems.push(
        `${primary} and ${node} are both primary of partition ${partition} in epoch ${epoch}`,
      );
    }
    if (kind === "serves") return;
    if (acknowledged !== undefined && acknowledged.epoch > epoch) {
      const last = `${acknowledged.node} did in ${acknowledged.epoch}`;
      this.problems.push(`${node} acknowledges in epoch ${epoch} of partition ${partition}, after ${last}`);
    } else this.#of(partition).acknowledged = { epoch, node };
  }

  #of(partition: string): Seen {
    let seen = this.#seen.get(partition);
    if (seen === undefined) {
      seen = { primaries: new Map(), highestOfNode: new Map(), acknowledged: undefined };
      this.#seen.set(partition, seen);
    }
    return seen;
  }
}
