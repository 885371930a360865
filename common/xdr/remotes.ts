/**
 * The other datacenters that one ships to and takes from: those of the file, and those that an operator has
 * added or removed at run time, which are settings in the cluster map like any other (xdr-orders.ts). Pure.
 */
import { z } from "zod";
import { type DatacenterConfig, type RemoteConfig, remoteSchema } from "../config.ts";
import { MeridianError } from "../errors.ts";
import { meantHint } from "../nearest-name.ts";
import type { XdrChange, XdrOrders, XdrSetting } from "./xdr-orders.ts";

/** Names the setting; it is of a datacenter as a whole, so its namespace is empty. */
const REMOTE = "remote";
const REMOTES_MAX = 63;

type Surroundings = Pick<DatacenterConfig, "remotes">;

export function isRemoteChange({ name, namespace }: Pick<XdrChange, "name" | "namespace">): boolean {
  return name === REMOTE && namespace === "";
}

/** A change that adds a datacenter. `remote`: as in `remotes` of the file. */
export function addRemote(remote: RemoteConfig): XdrChange {
  return { dc: remote.name, namespace: "", name: REMOTE, action: "set", value: JSON.stringify(remote) };
}

/** A change that removes a datacenter, of the file or added. */
export function removeRemote(dc: string): XdrChange {
  return { dc, namespace: "", name: REMOTE, action: "set", value: "null" };
}

/** The datacenters that there are: the file's without those that were removed, then those that were added. */
export function remotesOf({ remotes }: Surroundings, orders: XdrOrders): readonly RemoteConfig[] {
  const said = orders.settings.filter(isRemoteChange);
  if (said.length === 0) return remotes;
  const kept = remotes.filter(({ name }) => !said.some(({ dc }) => dc === name));
  return [...kept, ...said.flatMap(({ value }) => remoteIn(value) ?? [])];
}

/** What another release may have written, and means nothing here, is no datacenter. */
function remoteIn(value: string): RemoteConfig | undefined {
  const result = remoteSchema.safeParse(JSON.parse(value));
  return result.success ? result.data : undefined;
}

/** The settings after a change of a datacenter. Throws CONFIG_INVALID for what cannot be. */
export function changeRemote(
  config: Pick<DatacenterConfig, "name" | "src-id" | "remotes">,
  orders: XdrOrders,
  { dc, action, value }: XdrChange,
): readonly XdrSetting[] {
  const others = orders.settings.filter((one) => !(isRemoteChange(one) && one.dc === dc));
  if (action === "unset") {
    const ids = remotesOf(config, { ...orders, settings: others }).map((one) => one["src-id"]);
    if (new Set(ids).size === ids.length) return others;
    throw refused(`the src-id of ${dc} in the file is another datacenter's by now`);
  }
  const now = remotesOf(config, orders);
  if (value === "null") {
    if (now.some(({ name }) => name === dc)) return [...others, settingOf(dc, value)];
    const names = now.map(({ name }) => name);
    throw refused(`there is no datacenter ${dc} to remove${meantHint(dc, names)}`);
  }
  const remote = parsed(dc, value);
  const rest = [...now.filter(({ name }) => name !== dc), { name: config.name, "src-id": config["src-id"] }];
  if (remote.name === config.name) throw refused(`${dc} is this datacenter itself`);
  const rival = rest.find((one) => one["src-id"] === remote["src-id"]);
  if (rival !== undefined) throw refused(`src-id ${remote["src-id"]} is ${rival.name}'s`);
  if (rest.length > REMOTES_MAX) throw refused(`more than ${REMOTES_MAX} other datacenters`);
  return [...others, settingOf(dc, JSON.stringify(remote))];
}

function settingOf(dc: string, value: string): XdrSetting {
  return { dc, namespace: "", name: REMOTE, value };
}

function parsed(dc: string, value: string): RemoteConfig {
  let raw: unknown;
  try {
    raw = JSON.parse(value);
  } catch (error) {
    throw new MeridianError("CONFIG_INVALID", `datacenter ${dc}: no JSON`, { cause: error });
  }
  const result = remoteSchema.safeParse(raw);
  if (!result.success) throw refused(`datacenter ${dc}: ${z.prettifyError(result.error)}`);
  if (result.data.name !== dc) throw refused(`datacenter ${dc} is named ${result.data.name}`);
  return result.data;
}

function refused(problem: string): MeridianError {
  return new MeridianError("CONFIG_INVALID", problem);
}
