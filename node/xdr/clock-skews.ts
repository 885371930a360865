/**
 * How far the clocks of other datacenters are ahead of this one's nodes, as shippers measure it all the time
 * and tell the nodes. Old news are no news: what nobody confirms is not known any more.
 */

export interface ClockSkew {
  /** Milliseconds; negative: they are behind. */
  readonly ahead: number;
  /** How wrong that may be, milliseconds. */
  readonly error: number;
}

/** Shippers tell it once a second. */
const KNOWN_MS = 30_000;

export class ClockSkews {
  readonly #ownId: number;
  /** Above it this datacenter takes no writes; 0: it takes them whatever its clock says. */
  readonly #refuseMs: number;
  readonly #now: () => number;
  readonly #byOrigin = new Map<number, { readonly skew: ClockSkew; readonly at: number }>();

  /** `now`: of a clock that never runs back, milliseconds. */
  constructor(ownId: number, refuseMs: number, now: () => number) {
    this.#ownId = ownId;
    this.#refuseMs = refuseMs;
    this.#now = now;
  }

  note(originId: number, skew: ClockSkew): void {
    this.#byOrigin.set(originId, { skew, at: this.#now() });
  }

  /** Of the datacenter with this source id, also of the own one; undefined: not known. */
  of(sourceId: number): ClockSkew | undefined {
    if (sourceId === this.#ownId) return { ahead: 0, error: 0 };
    const known = this.#byOrigin.get(sourceId);
    return known === undefined || this.#now() - known.at > KNOWN_MS ? undefined : known.skew;
  }

  /** How far one datacenter's clocks are ahead of another's; undefined: not known. */
  between(sourceId: number, otherId: number): ClockSkew | undefined {
    const [one, other] = [this.of(sourceId), this.of(otherId)];
    if (one === undefined || other === undefined) return undefined;
    return { ahead: one.ahead - other.ahead, error: one.error + other.error };
  }

  /**
   * Whether this datacenter's clocks are ahead of some other one's by more than its configuration bears, for
   * certain: its writes would win conflicts against later ones. Who is behind, or just not sure, goes on.
   */
  get refusesWrites(): boolean {
    if (this.#refuseMs === 0) return false;
    return [...this.#byOrigin.keys()].some((origin) => {
      const skew = this.of(origin);
      return skew !== undefined && -skew.ahead - skew.error > this.#refuseMs;
    });
  }
}
