/**
 * The applied positions this instance has heard of from the local primaries, per namespace and
 * origin log, and which of them the origin has not been told.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";

const UNKNOWN = -1;

/** Positions of one namespace in one log of the origin; log id 0: nothing is applied of any. */
export interface Section {
  readonly namespace: number;
  readonly logId: number;
  readonly positions: Float64Array;
  /** Partitions to be told; each once. */
  untold: number[];
  readonly isUntold: Uint8Array;
}

export class PositionBook {
  readonly #sections: Section[] = [];

  /**
   * What a primary answered to a run. Answers to several requests overtake each other, so a lower
   * position than the known one is an old one; only a full answer takes a position back.
   */
  raise(namespace: number, partition: number, logId: number, position: number): void {
    const known = this.#section(namespace, logId).positions[partition] ?? UNKNOWN;
    if (position > known) this.set(namespace, partition, logId, position);
  }

  /** What a primary says it is. */
  set(namespace: number, partition: number, logId: number, position: number): void {
    // Position 0 is in no log: a destination that has applied nothing says so under log id 0.
    const section = this.#section(namespace, logId);
    section.positions[partition] = position;
    if (section.isUntold[partition] === 0) {
      section.isUntold[partition] = 1;
      section.untold.push(partition);
    }
    if (logId === 0) return;
    const nothing = this.#sections.find((other) => other.namespace === namespace && other.logId === 0);
    if (nothing !== undefined) nothing.positions[partition] = UNKNOWN;
  }

  /** Forgets a partition before its primary's full answer is put in. */
  clear(namespace: number, partition: number): void {
    for (const section of this.#sections) {
      if (section.namespace === namespace) section.positions[partition] = UNKNOWN;
    }
  }

  get hasUntold(): boolean {
    return this.#sections.some((section) => section.untold.length > 0);
  }

  /** The positions not told yet, of the lanes asked for; they count as told from now on. */
  takeUntold(wanted: (partition: number) => boolean): PositionColumns[] {
    const columns: PositionColumns[] = [];
    for (const section of this.#sections) {
      if (section.untold.length === 0) continue;
      for (const partition of section.untold) section.isUntold[partition] = 0;
      columns.push(pick(section, section.untold, wanted));
      section.untold = [];
    }
    return columns;
  }

  /** All known positions of the lanes asked for. */
  all(wanted: (partition: number) => boolean): PositionColumns[] {
    const every = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
    return this.#sections.map((section) => pick(section, every, wanted));
  }

  #section(namespace: number, logId: number): Section {
    let section = this.#sections.find((other) => other.namespace === namespace && other.logId === logId);
    if (section === undefined) {
      section = {
        namespace,
        logId,
        positions: new Float64Array(PARTITION_COUNT).fill(UNKNOWN),
        untold: [],
        isUntold: new Uint8Array(PARTITION_COUNT),
      };
      this.#sections.push(section);
    }
    return section;
  }
}

export interface PositionColumns {
  readonly namespace: number;
  readonly logId: number;
  readonly partitions: number[];
  readonly positions: number[];
}

function pick(
  section: Section,
  from: readonly number[],
  wanted: (partition: number) => boolean,
): PositionColumns {
  const partitions: number[] = [];
  const positions: number[] = [];
  for (const partition of from) {
    const position = section.positions[partition] ?? UNKNOWN;
    if (position === UNKNOWN || !wanted(partition)) continue;
    partitions.push(partition);
    positions.push(position);
  }
  return { namespace: section.namespace, logId: section.logId, partitions, positions };
}
