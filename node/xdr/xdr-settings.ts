/**
 * The settings of shipping that this node follows: the file's, and what was ordered since by the cluster
 * map. Whoever acts by them asks each time, or listens.
 */
import { assert } from "../../common/assert.ts";
import type { DatacenterConfig, RemoteConfig } from "../../common/config.ts";
import { remotesOf } from "../../common/xdr/remotes.ts";
import {
  namespaceSettings,
  NO_XDR_ORDERS,
  shipSettings,
  type XdrOrders,
} from "../../common/xdr/xdr-orders.ts";
import type { NamespaceSettings, ShipSettings } from "../../common/xdr/xdr-settings.ts";

/** What tails and scans ask. */
export interface ShipSettingsSource {
  /** By namespace id, of shipping to a datacenter. */
  ship(destinationId: number): readonly ShipSettings[];
  onChange(listener: () => void): () => void;
}

/** What the change log's trimmer and the apply side ask. */
export interface ShipRoutes {
  readonly remotes: readonly RemoteConfig[];
  /** Whether a namespace is shipped to a datacenter. */
  ships(destinationId: number, namespaceId: number): boolean;
  /** Whether changes of other datacenters are shipped on to any. */
  forwards(namespaceId: number): boolean;
}

export class XdrSettings implements ShipSettingsSource, ShipRoutes {
  readonly #config: DatacenterConfig;
  readonly #listeners = new Set<() => void>();
  #orders: XdrOrders = NO_XDR_ORDERS;
  readonly #namespaces = new Map<string, NamespaceSettings>();
  /** By source id. */
  readonly #ship = new Map<number, readonly ShipSettings[]>();
  #forwards: readonly boolean[] = [];
  #remotes: readonly RemoteConfig[] = [];

  constructor(config: DatacenterConfig) {
    this.#config = config;
    this.#take();
  }

  get orders(): XdrOrders {
    return this.#orders;
  }

  follow(orders: XdrOrders = NO_XDR_ORDERS): void {
    if (orders.order === this.#orders.order) return;
    this.#orders = orders;
    this.#take();
    for (const listener of [...this.#listeners]) listener();
  }

  ship(destinationId: number): readonly ShipSettings[] {
    return this.#ship.get(destinationId) ?? this.#shipTo("");
  }

  ships(destinationId: number, namespaceId: number): boolean {
    return this.#ship.get(destinationId)?.[namespaceId]?.enabled ?? false;
  }

  /** The other datacenters that there are. */
  get remotes(): readonly RemoteConfig[] {
    return this.#remotes;
  }

  /** Source ids of the datacenters that a namespace is shipped to. */
  destinations(namespaceId: number): readonly number[] {
    return [...this.#ship.keys()].filter((sourceId) => this.ships(sourceId, namespaceId));
  }

  forwards(namespaceId: number): boolean {
    return this.#forwards[namespaceId] ?? false;
  }

  #shipTo(dc: string): ShipSettings[] {
    return this.#config.namespaces.map(({ name }) =>
      shipSettings(this.#config, this.#orders, { dc, namespace: name }),
    );
  }

  /** Asked for every write. */
  namespace(name: string): NamespaceSettings {
    const settings = this.#namespaces.get(name);
    assert(settings !== undefined, "every namespace has its settings");
    return settings;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(): void {
    for (const { name } of this.#config.namespaces) {
      this.#namespaces.set(name, namespaceSettings(this.#config, this.#orders, name));
    }
    this.#remotes = remotesOf(this.#config, this.#orders);
    this.#ship.clear();
    for (const { name, "src-id": sourceId } of this.#remotes) {
      this.#ship.set(sourceId, this.#shipTo(name));
    }
    const all = [...this.#ship.values()];
    this.#forwards = this.#config.namespaces.map((_, id) => all.some((ship) => forwardsNow(ship[id])));
  }
}

function forwardsNow(settings: ShipSettings | undefined): boolean {
  return settings?.enabled === true && settings.forward;
}
