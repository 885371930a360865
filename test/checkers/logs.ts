/**
 * Logs of one partition's replicas. Fed with what of each log is on its disk, whenever it is looked at.
 * Claims:
 * - sequences are contiguous, and epochs do not fall along a log;
 * - what any replica calls committed is the same entry on all of them, for ever;
 * - a replica that has had a committed entry has it still, or has trimmed all up to it; unless it is
 *   another replica by now (wiped, or copied anew: `forget`);
 * - what a replica calls committed it has, or has trimmed.
 */

export interface LogEntry {
  readonly sequence: number;
  readonly epoch: number;
  /** Equal for equal bytes only. */
  readonly content: string;
}

export interface LogView {
  readonly partition: string;
  /** The replica's identity. */
  readonly node: string;
  /** Highest sequence that is trimmed, or came with a copy of the records; 0: none. */
  readonly base: number;
  /** What follows the base. */
  readonly entries: readonly LogEntry[];
  /** Up to where this replica calls its log committed. */
  readonly committed: number;
}

interface Held {
  /** Highest committed sequence that the replica has had. */
  readonly had: number;
}

export class LogChecker {
  readonly problems: string[] = [];
  /** By partition and sequence: the entry that was committed, and who said so first. */
  readonly #committed = new Map<string, { readonly entry: LogEntry; readonly by: string }>();
  readonly #held = new Map<string, Held>();

  observe(view: LogView): void {
    this.#checkContiguous(view);
    const { partition, node, base, entries, committed } = view;
    const last = base + entries.length;
    if (committed > last) {
      this.#report(view, `calls ${committed} committed and has entries up to ${last}`);
    }
    for (const entry of entries) if (entry.sequence <= committed) this.commits(partition, node, entry);
    this.#checkKept(view, last);
  }

  /** A replica calls this entry of its log committed; `observe` does it for whole logs. */
  commits(partition: string, node: string, entry: LogEntry): void {
    const key = `${partition} ${entry.sequence}`;
    const known = this.#committed.get(key);
    if (known === undefined) this.#committed.set(key, { entry, by: node });
    else if (!isSame(known.entry, entry)) {
      const had = `${known.by} had ${textOf(known.entry)}`;
      this.#report({ partition, node }, `calls ${textOf(entry)} committed, ${had}`);
    }
  }

  /** The replica starts anew, without what it had. */
  forget(partition: string, node: string): void {
    this.#held.delete(`${partition} ${node}`);
  }

  #checkContiguous(view: LogView): void {
    let epoch = 0;
    view.entries.forEach((entry, index) => {
      const expected = view.base + index + 1;
      if (entry.sequence !== expected) this.#report(view, `has ${textOf(entry)} where ${expected} belongs`);
      if (entry.epoch < epoch) this.#report(view, `has ${textOf(entry)} after one of epoch ${epoch}`);
      epoch = Math.max(epoch, entry.epoch);
    });
  }

  /** What it has had of the committed log it has still. */
  #checkKept(view: LogView, last: number): void {
    const { partition, node, base, entries } = view;
    const key = `${partition} ${node}`;
    const had = this.#held.get(key)?.had ?? 0;
    if (last < had) this.#report(view, `ends at ${last} and has had ${had}, which is committed`);
    let highest = Math.max(had, base);
    for (const entry of entries) {
      const known = this.#committed.get(`${partition} ${entry.sequence}`);
      if (known === undefined) continue;
      const same = isSame(known.entry, entry);
      if (!same && entry.sequence <= had) {
        this.#report(view, `has ${textOf(entry)} in place of ${textOf(known.entry)}, which it has had`);
      }
      if (same && entry.sequence === highest + 1) highest = entry.sequence;
    }
    this.#held.set(key, { had: highest });
  }

  #report({ node, partition }: Pick<LogView, "node" | "partition">, what: string): void {
    this.problems.push(`${node}, partition ${partition}: ${what}`);
  }
}

function isSame(a: LogEntry, b: LogEntry): boolean {
  return a.sequence === b.sequence && a.epoch === b.epoch && a.content === b.content;
}

function textOf({ sequence, epoch, content }: LogEntry): string {
  return `${sequence} of epoch ${epoch} (${content})`;
}
