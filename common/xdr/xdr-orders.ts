/**
 * Settings that an operator has ordered at run time. They are part of the cluster map, so that all nodes
 * and shippers of a datacenter follow the same ones, and a restart forgets none. An ordered setting stands
 * above the file's until it is taken back. Pure.
 */
import { z } from "zod";
import { assert } from "../assert.ts";
import type { DatacenterConfig } from "../config.ts";
import { MeridianError } from "../errors.ts";
import { XDR_ORDERS_BYTES_MAX } from "../limits.ts";
import { meantHint } from "../nearest-name.ts";
import { changeRemote, isRemoteChange, remotesOf } from "./remotes.ts";
import { reasonAgainst } from "./xdr-names.ts";
import {
  contradictionIn,
  type NamespaceSettings,
  namespaceSettingsSchema,
  type ShipSettings,
  shipSettingsSchema,
} from "./xdr-settings.ts";

export interface XdrSetting {
  /** Of shipping to this datacenter; empty: of the namespace itself. */
  readonly dc: string;
  readonly namespace: string;
  readonly name: string;
  /** As JSON. */
  readonly value: string;
}

export interface XdrOrders {
  /** Number of the last order; 0 = there was none yet. Orders with a lower one are void. */
  readonly order: number;
  readonly settings: readonly XdrSetting[];
}

export const NO_XDR_ORDERS: XdrOrders = { order: 0, settings: [] };

export interface XdrPlace {
  /** As in XdrSetting. */
  readonly dc: string;
  readonly namespace: string;
}

/** One change of a setting. `add` and `remove` are of one set in a list. */
export interface XdrChange extends XdrPlace {
  readonly name: string;
  readonly action: "set" | "unset" | "add" | "remove";
  /** As a person writes it; of no meaning to `unset`. */
  readonly value: string;
}

type Configured = Pick<DatacenterConfig, "name" | "src-id" | "xdr" | "namespaces" | "remotes" | "shipping">;

/** What holds for shipping a namespace to a destination. */
export function shipSettings(config: Configured, orders: XdrOrders, place: XdrPlace): ShipSettings {
  const dc = config.xdr.dcs.find(({ name }) => name === place.dc);
  const file = dc?.namespaces.find(({ name }) => name === place.namespace);
  const { name: _, ...said } = file ?? { name: "" };
  const settings = {
    "enable-compression": config.shipping.compression === "zstd",
    "ship-bin-luts": convergesByBins(config, place.namespace),
    ...said,
  };
  return shipSettingsSchema.parse({ ...settings, ...ordered(shipSettingsSchema.shape, orders, place) });
}

/** Whether conflicts of a namespace are decided bin by bin. */
function convergesByBins({ namespaces }: Configured, namespace: string): boolean {
  return namespaces.find(({ name }) => name === namespace)?.["conflict-resolve-writes"] ?? false;
}

/** What holds for a namespace itself. */
export function namespaceSettings(
  config: Configured,
  orders: XdrOrders,
  namespace: string,
): NamespaceSettings {
  const file = config.namespaces.find(({ name }) => name === namespace);
  const said = Object.keys(namespaceSettingsSchema.shape).map((key) => [key, file && Reflect.get(file, key)]);
  const place = { dc: "", namespace };
  return namespaceSettingsSchema.parse({
    ...Object.fromEntries(said),
    ...ordered(namespaceSettingsSchema.shape, orders, place),
  });
}

/** The settings that hold at a place. */
function settingsAt(
  config: Configured,
  orders: XdrOrders,
  place: XdrPlace,
): ShipSettings | NamespaceSettings {
  return place.dc === ""
    ? namespaceSettings(config, orders, place.namespace)
    : shipSettings(config, orders, place);
}

function ordered(shape: object, orders: XdrOrders, place: XdrPlace): Record<string, unknown> {
  const own = orders.settings.filter(({ dc, namespace }) => dc === place.dc && namespace === place.namespace);
  // A name of another release has no meaning here.
  return Object.fromEntries(
    own.flatMap(({ name, value }) => (name in shape ? [[name, JSON.parse(value)]] : [])),
  );
}

/**
 * The settings after the changes, in their order. Throws CONFIG_INVALID, with the nearest right name or the
 * reason, when one of them cannot be, or they contradict each other.
 */
export function changeSettings(
  config: Configured,
  orders: XdrOrders,
  changes: readonly XdrChange[],
): readonly XdrSetting[] {
  const { settings } = changes.reduce((before, change) => applied(config, before, change), orders);
  for (const change of changes) {
    if (isRemoteChange(change)) continue;
    const { dc, namespace } = change;
    const now = settingsAt(config, { ...orders, settings }, { dc, namespace });
    const says =
      "ship-set" in now ? contradictionIn(now, convergesByBins(config, namespace)) : bothRejected(now);
    if (says !== undefined) throw refused(`${dc === "" ? "" : `${dc}, `}${namespace}: ${says}`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(settings));
  if (bytes > XDR_ORDERS_BYTES_MAX) {
    throw refused(`${bytes} bytes of settings: more than ${XDR_ORDERS_BYTES_MAX} belong into the file`);
  }
  return settings;
}

function bothRejected(settings: NamespaceSettings): string | undefined {
  return settings["reject-xdr-writes"] && settings["reject-non-xdr-writes"]
    ? "reject-xdr-writes and reject-non-xdr-writes together refuse all writes"
    : undefined;
}

function applied(config: Configured, orders: XdrOrders, change: XdrChange): XdrOrders {
  const { dc, namespace, name, action } = change;
  if (isRemoteChange(change)) return { ...orders, settings: changeRemote(config, orders, change) };
  // What was ordered for a datacenter that has gone can be taken back.
  const isOrdered = orders.settings.some((one) => one.dc === dc && one.name === name);
  const remotes = remotesOf(config, orders).map((remote) => remote.name);
  if (action !== "unset" || !isOrdered) requireName("datacenter in remotes", dc, ["", ...remotes]);
  const namespaces = config.namespaces.map((one) => one.name);
  requireName("namespace", namespace, namespaces);
  const { shape } = dc === "" ? namespaceSettingsSchema : shipSettingsSchema;
  const reason = reasonAgainst(name);
  if (reason !== undefined) throw refused(`${name}: ${reason}`);
  const { shape: elsewhere } = dc === "" ? shipSettingsSchema : namespaceSettingsSchema;
  if (name in elsewhere && !(name in shape)) {
    throw refused(
      `${name} is ${dc === "" ? "of shipping: to which datacenter (--to)" : "the namespace's own"}`,
    );
  }
  requireName("setting", name, Object.keys(shape));
  const values = action === "unset" ? {} : valuesAfter(settingsAt(config, orders, change), change);
  const replaced = new Set([name, ...Object.keys(values)]);
  const others = orders.settings.filter(
    (one) => one.dc !== dc || one.namespace !== namespace || !replaced.has(one.name),
  );
  const own = Object.entries(values).map(([key, value]) => {
    const result = schemaOf(shape, key).safeParse(value);
    if (!result.success)
      throw refused(`${key}: ${result.error.issues.map(({ message }) => message).join("; ")}`);
    return { dc, namespace, name: key, value: JSON.stringify(value) };
  });
  return { ...orders, settings: [...others, ...own] };
}

function schemaOf(shape: object, name: string): z.ZodType {
  const schema: unknown = Reflect.get(shape, name);
  assert(schema instanceof z.ZodType, "every setting has its schema");
  return schema;
}

/** What the change makes of the setting, and of the one that it excludes. */
function valuesAfter(now: ShipSettings | NamespaceSettings, change: XdrChange): Record<string, unknown> {
  const { name, action, value } = change;
  const before: unknown = Reflect.get(now, name);
  if (!Array.isArray(before)) {
    if (action !== "set") throw refused(`${name} is no list`);
    return { [name]: scalarOf(value) };
  }
  if (action === "set") return { [name]: value === "" ? [] : value.split(",") };
  const rest = before.filter((one) => one !== value);
  if (action === "remove") return { [name]: rest };
  // As Aerospike has it: what is said of a set, or of a bin, last counts.
  const other = EXCLUDED_BY[name] ?? "";
  const excluded: unknown = Reflect.get(now, other);
  const isIn = Array.isArray(excluded) && excluded.includes(value);
  return {
    [name]: [...rest, value],
    ...(isIn ? { [other]: excluded.filter((one) => one !== value) } : {}),
  };
}

const EXCLUDED_BY: Readonly<Record<string, string>> = {
  "ship-set": "ignore-set",
  "ignore-set": "ship-set",
  "ship-bin": "ignore-bin",
  "ignore-bin": "ship-bin",
};

function scalarOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function requireName(what: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw refused(`there is no ${what} ${name}${meantHint(name, names)}`);
}

function refused(problem: string): MeridianError {
  return new MeridianError("CONFIG_INVALID", problem);
}
