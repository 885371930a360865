/**
 * No resurrection: a deleted record stays deleted unless a newer write exists. Fed with what each
 * datacenter holds of a record whenever it is looked at. Claims, of each datacenter and record:
 * - what is held never falls in the one total order; so after a delete only a greater version is held,
 *   also when the tombstone itself is gone by then;
 * - a record does not vanish: nothing is held only before the first version, and after a tombstone;
 * - what is held was written by somebody, where the written versions are told.
 */
import { compareByDesign, describeVersion, type Policy, type RecordVersion } from "./version-order.ts";

export class ResurrectionChecker {
  readonly problems: string[] = [];
  /** Deletes that were seen: a suite in which none was proves nothing. */
  deletes = 0;
  readonly #policy: Policy;
  readonly #held = new Map<string, RecordVersion>();
  readonly #written = new Map<string, Set<string>>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Some datacenter's primary wrote this version of the record. */
  written(key: string, version: RecordVersion): void {
    const known = this.#written.get(key) ?? new Set();
    this.#written.set(key, known.add(`${version.sourceId} ${version.lut}`));
  }

  observe(datacenter: string, key: string, version: RecordVersion | undefined): void {
    const place = `${datacenter} ${key}`;
    const before = this.#held.get(place);
    if (version === undefined) {
      if (before !== undefined && !before.tombstone) {
        this.#report(datacenter, key, `${describeVersion(before)} vanished without a delete`);
      }
      return;
    }
    const written = this.#written.get(key);
    if (written !== undefined && !written.has(`${version.sourceId} ${version.lut}`)) {
      this.#report(datacenter, key, `${describeVersion(version)} was written by nobody`);
    }
    if (before !== undefined && this.#falls(before, version)) {
      const what = before.tombstone && !version.tombstone ? "came back over" : "is held after";
      this.#report(datacenter, key, `${describeVersion(version)} ${what} ${describeVersion(before)}`);
      return;
    }
    if (version.tombstone && before?.tombstone !== true) this.deletes += 1;
    this.#held.set(place, version);
  }

  /** The tombstone of an expired record has its version: other content, no other place in the order. */
  #falls(before: RecordVersion, version: RecordVersion): boolean {
    const isSame =
      before.sourceId === version.sourceId &&
      before.lut === version.lut &&
      before.generation === version.generation;
    if (isSame) return before.tombstone && !version.tombstone;
    return compareByDesign(this.#policy, version, before) < 0;
  }

  #report(datacenter: string, key: string, what: string): void {
    this.problems.push(`${datacenter}, record ${key}: ${what}`);
  }
}
