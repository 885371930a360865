/**
 * A datacenter that was declared lost. Fed with what destinations commit, and with when an origin was shut
 * out of them. Claims: from the moment at which a shut-out is said to hold until it is lifted, a destination
 * commits nothing that came from the origin, but what it had in its log already.
 */

/** Something that a destination has committed for the first time. */
export interface TakenChange {
  readonly destination: string;
  /** Where it came from. */
  readonly origin: string;
  readonly partition: string;
  /** In the destination's log. */
  readonly sequence: number;
}

export class ShutOutChecker {
  readonly problems: string[] = [];
  /** By destination and origin, then by partition: the destination's committed sequence when it began. */
  readonly #since = new Map<string, ReadonlyMap<string, number>>();

  /** It is said to hold from here on. `committed`: by partition, all that the destination has committed. */
  holds(destination: string, origin: string, committed: ReadonlyMap<string, number>): void {
    this.#since.set(pairOf(destination, origin), committed);
  }

  /** The order to let it in is given. */
  lifted(destination: string, origin: string): void {
    this.#since.delete(pairOf(destination, origin));
  }

  commits({ destination, origin, partition, sequence }: TakenChange): void {
    const before = this.#since.get(pairOf(destination, origin))?.get(partition);
    if (before === undefined || sequence <= before) return;
    this.problems.push(
      `${destination} commits ${sequence} in partition ${partition}, which came from ${origin}, shut out since ${before}`,
    );
  }
}

function pairOf(destination: string, origin: string): string {
  return `${destination} ${origin}`;
}
