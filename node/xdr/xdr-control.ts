/**
 * Reading and changing this datacenter's settings of shipping, as clients (info commands) and operators
 * (admin listener) do it at any node. A change is an order to the whole datacenter: when it is said to be
 * done, it is in the cluster map, this node follows it, and the others hear of it as of any map.
 */
import type { DatacenterConfig } from "../../common/config.ts";
import { shownNatsUrl } from "../../common/nats/connect.ts";
import { isRemoteChange } from "../../common/xdr/remotes.ts";
import { shipSettings, type XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { NamespaceSettings, ShipSettings } from "../../common/xdr/xdr-settings.ts";
import { followOrder } from "./follow-order.ts";
import type { XdrSettings } from "./xdr-settings.ts";

export interface XdrControlOptions {
  readonly config: DatacenterConfig;
  readonly settings: XdrSettings;
  /** Gives an order; its number. */
  readonly order: (changes: readonly XdrChange[]) => Promise<number>;
  readonly monotonicMs: () => number;
}

export class XdrControl {
  readonly #options: XdrControlOptions;

  constructor(options: XdrControlOptions) {
    this.#options = options;
  }

  get sourceId(): number {
    return this.#options.config["src-id"];
  }
  get destinations(): readonly string[] {
    return this.#options.settings.remotes.map(({ name }) => name);
  }
  get namespaces(): readonly string[] {
    return this.#options.config.namespaces.map(({ name }) => name);
  }

  ship(dc: string, namespace: string): ShipSettings {
    return shipSettings(this.#options.config, this.#options.settings.orders, { dc, namespace });
  }

  namespace(namespace: string): NamespaceSettings {
    return this.#options.settings.namespace(namespace);
  }

  /**
   * Resolves once this node follows the changes. Throws CONFIG_INVALID for what cannot be, NATS_UNREACHABLE,
   * BUSY, and IN_DOUBT when they may take effect later.
   */
  async change(changes: readonly XdrChange[]): Promise<number> {
    const { settings, order, monotonicMs } = this.#options;
    const number = await order(changes);
    await followOrder(number, () => settings.orders.order, monotonicMs);
    return number;
  }

  /** All that holds, and the names of what was ordered: the rest is the file's, or the default. */
  report() {
    const { order, settings: ordered } = this.#options.settings.orders;
    const orderedAt = (dc: string, namespace: string): string[] =>
      ordered.flatMap((one) => (one.dc === dc && one.namespace === namespace ? [one.name] : []));
    return {
      order,
      remotes: this.#options.settings.remotes.map(({ name, "src-id": sourceId, nats }) => ({
        ...{ name, "src-id": sourceId, nats: shownNatsUrl(nats) },
        ordered: ordered.some((one) => isRemoteChange(one) && one.dc === name),
      })),
      ship: this.destinations.flatMap((dc) =>
        this.namespaces.map((namespace) => {
          return { dc, namespace, settings: this.ship(dc, namespace), ordered: orderedAt(dc, namespace) };
        }),
      ),
      namespaces: this.namespaces.map((namespace) => {
        return { namespace, settings: this.namespace(namespace), ordered: orderedAt("", namespace) };
      }),
    };
  }
}
