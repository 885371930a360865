/**
 * The cluster as clients see it through this node: generations that tell them when to ask again, and
 * the answers that are costly to make, kept until the map changes.
 */
import type { ClusterMap, Member } from "../../proto/cluster-map.ts";
import type { DoorContext } from "./door-context.ts";
import { replicasValue } from "./info-replicas.ts";
import { type MapFacts, mapFacts, NO_MAP_FACTS } from "./map-facts.ts";

/** Generations are signed 32-bit integers to some clients; -1 says "not ready". */
const GENERATION_MASK = 0x3fff_ffff;
const NOT_READY = -1;

export class ClusterView {
  readonly #context: DoorContext;
  #map: ClusterMap | undefined;
  #serving = false;
  #replicas = "";
  #facts: MapFacts | undefined;
  #peersKey = "";
  #peersGeneration = 0;

  constructor(context: DoorContext) {
    this.#context = context;
  }

  /** The map, after what was kept of an older one is dropped. */
  get map(): ClusterMap | undefined {
    const map = this.#context.map();
    const serving = this.#context.serving();
    if (map === this.#map && serving === this.#serving) return map;
    this.#map = map;
    this.#serving = serving;
    this.#replicas = "";
    this.#facts = undefined;
    if (map === undefined) return undefined;
    const peersKey = JSON.stringify(
      map.members.map(({ id, service, alternate, state }) => [id, service, alternate, state]),
    );
    if (peersKey !== this.#peersKey) {
      this.#peersKey = peersKey;
      this.#peersGeneration = map.version & GENERATION_MASK;
    }
    return map;
  }

  /**
   * Made of the map's version, so that it differs from what this node said before a restart; and
   * of whether it serves, since that changes what it claims.
   */
  get partitionGeneration(): number {
    const { map } = this;
    if (map === undefined) return NOT_READY;
    return (map.version & GENERATION_MASK) * 2 + (this.#serving ? 1 : 0);
  }

  get peersGeneration(): number {
    return this.map === undefined ? 0 : this.#peersGeneration;
  }

  get replicas(): string {
    const { map } = this;
    if (map === undefined) return "";
    if (this.#replicas === "") this.#replicas = replicasValue(map, this.#context.nodeId, this.#serving);
    return this.#replicas;
  }

  get self(): Member | undefined {
    return this.map?.members.find((member) => member.id === this.#context.nodeId);
  }

  /** The other members that clients should talk to. */
  get peers(): readonly Member[] {
    const members = this.map?.members ?? [];
    return members.filter((member) => member.id !== this.#context.nodeId && member.state !== "down");
  }

  get facts(): MapFacts {
    const { map } = this;
    if (map === undefined) return NO_MAP_FACTS;
    this.#facts ??= mapFacts(map, this.#context.nodeId);
    return this.#facts;
  }
}
