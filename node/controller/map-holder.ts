/**
 * The highest map this node knows, and who wants to hear of newer ones. Forward only (K4): an older
 * map, or one of another cluster, never gets past here.
 */
import type { ClusterMap } from "../../proto/cluster-map.ts";

export class MapHolder {
  readonly #listeners = new Set<(map: ClusterMap) => void>();
  #known: ClusterMap | undefined;

  constructor(persisted: ClusterMap | undefined) {
    this.#known = persisted;
  }

  get known(): ClusterMap | undefined {
    return this.#known;
  }
  get version(): number {
    return this.#known?.version ?? 0;
  }
  get clusterId(): string {
    return this.#known?.clusterId ?? "";
  }

  /** Calls `listener` with the known map, and with every newer one. */
  listen(listener: (map: ClusterMap) => void): () => void {
    this.#listeners.add(listener);
    if (this.#known !== undefined) listener(this.#known);
    return () => this.#listeners.delete(listener);
  }

  /** Takes `map` if it is newer and of this cluster. */
  take(map: ClusterMap): void {
    if (map.version <= this.version || (this.#known !== undefined && map.clusterId !== this.clusterId))
      return;
    this.#known = map;
    for (const listener of this.#listeners) listener(map);
  }
}
