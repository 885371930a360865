/**
 * What the configuration files of a datacenter's nodes should say alike, though each node reads its
 * own: compared whenever two nodes connect. Settings whose difference would break a promise keep the
 * two apart; of the others, which a rolling change makes differ for a while, it is said in the log. So
 * nothing secret is among them.
 */
import type { DatacenterConfig } from "./config.ts";
import { shownNatsUrl } from "./nats/connect.ts";

/** Values by a name that an operator finds in the file. */
export type SharedSettings = Readonly<Record<string, string>>;

export interface SettingsDifference {
  readonly name: string;
  readonly own: string;
  readonly other: string;
  /** The two must not work together. */
  readonly forbidden: boolean;
}

/**
 * - src-id: two would write versions that look like another datacenter's.
 * - lease-ms: who promises for less time than the other counts on lets two primaries serve.
 * - the conflict policy, and whether bins converge: the winner would depend on who is primary, and
 *   datacenters would differ.
 */
function isForbidden(name: string): boolean {
  const decides = [".conflict-resolution-policy", ".conflict-resolve-writes"];
  return name === "src-id" || name === "timing.lease-ms" || decides.some((one) => name.endsWith(one));
}

/** The shared part of a configuration. */
export function sharedSettings(config: DatacenterConfig): SharedSettings {
  const settings: Record<string, string> = { "src-id": String(config["src-id"]) };
  for (const { name, ...rest } of config.namespaces) addAll(settings, `namespaces.${name}`, rest);
  for (const { name, consumers } of config.feeds) settings[`feeds.${name}.consumers`] = consumers.join();
  for (const { name: dc, namespaces } of config.xdr.dcs) {
    for (const { name, ...rest } of namespaces) addAll(settings, `xdr.${dc}.${name}`, rest);
  }
  addAll(settings, "timing", config.timing);
  addAll(settings, "change-log", config["change-log"]);
  for (const { name, nats, "nats-credentials": _, ...rest } of config.remotes) {
    addAll(settings, `remotes.${name}`, { ...rest, nats: shownNatsUrl(nats) });
  }
  return settings;
}

function addAll(settings: Record<string, string>, prefix: string, values: object): void {
  for (const [name, value] of Object.entries(values)) settings[`${prefix}.${name}`] = String(value);
}

/** What differs, the forbidden first. What only one of them knows may be on its way to the other. */
export function differencesOf(own: SharedSettings, other: SharedSettings): readonly SettingsDifference[] {
  return Object.keys(own)
    .flatMap((name) => {
      const [ours, theirs] = [own[name], other[name]];
      if (ours === undefined || theirs === undefined || ours === theirs) return [];
      return [{ name, own: ours, other: theirs, forbidden: isForbidden(name) }];
    })
    .toSorted((a, b) => Number(b.forbidden) - Number(a.forbidden));
}
