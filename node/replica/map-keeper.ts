/**
 * Puts each cluster map on this node's disk before the node acts on it. Whoever takes part in an epoch
 * can therefore tell of it after any crash: were the control KV to lose its last seconds in the same
 * power cut as the nodes, a map made anew from older ones would give the epoch to somebody else.
 * Maps that come while one is on its way wait together, and only the newest of them is written.
 */
import { type ClusterMap, type NodeId, memberOf } from "../../proto/cluster-map.ts";
import { encodeMap } from "../../proto/cluster-map-codec.ts";
import type { Storage } from "../store/storage.ts";
import type { GroupCommit } from "./group-commit.ts";

/** Storage meta key of the newest map that was acted on. */
export const MAP_META_KEY = "map";

export interface MapKeeperOptions {
  readonly self: NodeId;
  readonly boot: number;
  readonly storage: Storage;
  readonly commit: GroupCommit;
  /** The map is on disk: the node may act on it. */
  readonly onKept: (map: ClusterMap) => void;
  readonly onFailure: (error: unknown) => void;
}

export class MapKeeper {
  readonly #options: MapKeeperOptions;
  #keptVersion = 0;
  /** The newest map that is not acted on yet. */
  #next: ClusterMap | undefined;
  #writing = false;

  constructor(options: MapKeeperOptions) {
    this.#options = options;
  }

  /** Takes a map from wherever it comes: older ones are nothing. */
  take(map: ClusterMap): void {
    if (map.version <= (this.#next?.version ?? this.#keptVersion)) return;
    const own = memberOf(map, this.#options.self);
    // A map that has not seen this start may call this node primary of what it no longer serves.
    if (own === undefined || own.boot !== this.#options.boot) return;
    this.#next = map;
    if (!this.#writing) this.#write(map);
  }

  #write(map: ClusterMap): void {
    const { storage, commit, onFailure } = this.#options;
    const value = Buffer.from(encodeMap(map));
    if (storage.meta(MAP_META_KEY)?.equals(value)) {
      this.#kept(map);
      return;
    }
    this.#writing = true;
    commit.write({ meta: [{ key: MAP_META_KEY, value }] }).then(() => {
      this.#writing = false;
      this.#kept(map);
    }, onFailure);
  }

  #kept(map: ClusterMap): void {
    this.#keptVersion = map.version;
    const next = this.#next === map ? undefined : this.#next;
    this.#next = next;
    this.#options.onKept(map);
    if (next !== undefined && this.#next === next && !this.#writing) this.#write(next);
  }
}
