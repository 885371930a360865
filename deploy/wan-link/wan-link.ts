/**
 * The wide-area network of a set-up: a TCP proxy with a listener (a lane) for each ordered pair
 * (destination's shipper to origin's NATS). Between two datacenters there are two ways; each can be
 * stalled, delayed, made to jitter and narrowed, for all connections that use it.
 *
 * A cut is what a broken WAN is to both ends: nothing arrives any more in either direction, also
 * no end of a connection, and nobody is told. Connections opened meanwhile get no answer. When it
 * heals, what is still open goes on with every byte in its place. With `reset` the connections are
 * torn down instead, as by a firewall that lost its state. A stall is a cut of one way.
 *
 * Must guarantee: bounded memory (what does not fit waits in the kernel's socket buffers, reading
 * stops), and bytes of a connection are never lost or reordered.
 */
import { MeridianError } from "../../common/errors.ts";
import type { LaneConfig } from "./config.ts";
import { Lane, type LaneStatus } from "./lane.ts";
import { type Shape, Shaper } from "./shaper.ts";
import { Way } from "./way.ts";

export type CutMode = "blackhole" | "reset";

export interface WayStatus extends Shape {
  readonly from: string;
  readonly to: string;
  readonly state: "up" | "stalled";
}

export interface WanLinkStatus {
  readonly pairs: readonly LaneStatus[];
  readonly ways: readonly WayStatus[];
}

export class WanLink {
  readonly #lanes: Lane[] = [];
  readonly #ways = new Map<string, Way>();

  /** Listens for every pair; throws PORT_TAKEN. Pairs in `isCut` start cut. */
  static async start(
    address: string,
    lanes: readonly LaneConfig[],
    isCut: (lane: LaneConfig) => boolean = () => false,
  ): Promise<WanLink> {
    const link = new WanLink();
    try {
      for (const config of lanes) {
        const { origin, destination } = config;
        const ways = { in: link.#way(origin, destination), back: link.#way(destination, origin) };
        const lane = new Lane(config, ways);
        link.#lanes.push(lane);
        if (isCut(config)) link.cut(origin, destination, "blackhole");
        await lane.listen(address);
      }
    } catch (error) {
      await link.close();
      throw error;
    }
    return link;
  }

  /** The port that a pair listens on. */
  portOf(origin: string, destination: string): number {
    const lane = this.#lanes.find(
      (one) => one.config.origin === origin && one.config.destination === destination,
    );
    if (lane === undefined) throw new MeridianError("NOT_FOUND", `no link ${origin} to ${destination}`);
    return lane.port;
  }

  /** Cuts both ways between two datacenters. */
  cut(a: string, b: string, mode: CutMode): void {
    for (const way of this.#between(a, b)) way.stalled = true;
    this.#apply(a, b, mode === "reset");
  }

  /** Ends a cut, and stalls of either way; the shapes stay. */
  heal(a: string, b: string): void {
    for (const way of this.#between(a, b)) way.stalled = false;
    this.#apply(a, b, false);
  }

  /** Stalls one way: what `from` sends does not reach `to`. */
  stall(from: string, to: string): void {
    this.#known(from, to).stalled = true;
    this.#apply(from, to, false);
  }

  /** Shapes one way. */
  setShape(from: string, to: string, shape: Shape): void {
    this.#known(from, to).shaper.setShape(shape);
  }

  status(): WanLinkStatus {
    return {
      pairs: this.#lanes.map((lane) => lane.status()),
      ways: [...this.#ways.values()].map(({ from, to, stalled, shaper }) => ({
        from,
        to,
        state: stalled ? "stalled" : "up",
        ...shaper.shape,
      })),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()));
  }

  #apply(a: string, b: string, reset: boolean): void {
    const ends = [a, b];
    for (const lane of this.#lanes) {
      const { origin, destination } = lane.config;
      if (ends.includes(origin) && ends.includes(destination)) lane.apply(reset);
    }
  }

  #way(from: string, to: string): Way {
    const name = `${from} ${to}`;
    const way = this.#ways.get(name) ?? new Way(from, to, new Shaper(Math.random));
    this.#ways.set(name, way);
    return way;
  }

  #known(from: string, to: string): Way {
    const way = this.#ways.get(`${from} ${to}`);
    if (way !== undefined) return way;
    const names = [...new Set([...this.#ways.values()].map((one) => one.from))].join(", ");
    throw new MeridianError("NOT_FOUND", `no WAN link between ${from} and ${to}; linked are: ${names}`);
  }

  #between(a: string, b: string): Way[] {
    return [this.#known(a, b), this.#known(b, a)];
  }
}
