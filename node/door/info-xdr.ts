/**
 * Aerospike's info commands for settings of shipping: `get-config` and `set-config` of the contexts `xdr` and
 * `namespace`. A change is ordered to the whole datacenter, so it is enough to send it to one node, and
 * sending it to all of them does no harm.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { NamespaceSettings, ShipSettings } from "../../common/xdr/xdr-settings.ts";

/** What the node does for these commands. */
export interface XdrDoor {
  readonly sourceId: number;
  readonly destinations: readonly string[];
  readonly namespaces: readonly string[];
  ship(dc: string, namespace: string): ShipSettings;
  namespace(namespace: string): NamespaceSettings;
  /** Resolves once this node follows the changes. */
  change(changes: readonly XdrChange[]): Promise<number>;
}

/** Aerospike answers lists under other names than they are set by. */
const REPLY_NAMES: Readonly<Record<string, string>> = {
  "ship-set": "shipped-sets",
  "ignore-set": "ignored-sets",
  "ship-bin": "shipped-bins",
  "ignore-bin": "ignored-bins",
};

/** Answer to `get-config:context=xdr…`. */
export function xdrConfig(xdr: XdrDoor, asked: ReadonlyMap<string, string>): string {
  const dc = asked.get("dc");
  if (dc === undefined) return `dcs=${xdr.destinations.join()};src-id=${xdr.sourceId};trace-sample=0`;
  if (!xdr.destinations.includes(dc)) return "ERROR:4:unknown dc";
  const namespace = asked.get("namespace");
  if (namespace === undefined) return `auth-mode=none;connector=false;namespaces=${xdr.namespaces.join()}`;
  if (!xdr.namespaces.includes(namespace)) return "ERROR:20:unknown namespace";
  const settings = Object.entries(xdr.ship(dc, namespace));
  const shown = settings.map(([name, value]) => `${REPLY_NAMES[name] ?? name}=${shownValue(value)}`);
  return ["enabled=true", ...shown].join(";");
}

/** A value as info commands show it. */
function shownValue(value: unknown): string {
  return Array.isArray(value) ? value.join() : String(value);
}

/** Carries out `set-config:…`; `ok` once this node follows it. */
export async function setConfig(
  xdr: XdrDoor | undefined,
  asked: ReadonlyMap<string, string>,
): Promise<string> {
  const changes = xdr === undefined ? "nothing can be set at this node" : changesOf(asked);
  if (typeof changes === "string") return `ERROR:4:${changes}`;
  try {
    await xdr?.change(changes);
    return "ok";
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    // A client must not take for refused what may take effect yet.
    const code = error.code === "CONFIG_INVALID" ? 4 : error.code === "IN_DOUBT" ? 9 : 11;
    return `ERROR:${code}:${errorMessage(error)}`;
  }
}

/** The changes that a command asks for, or why it asks for none. */
function changesOf(asked: ReadonlyMap<string, string>): XdrChange[] | string {
  const context = asked.get("context");
  if (context !== "xdr" && context !== "namespace") return "context is xdr or namespace";
  const ofNamespace = context === "namespace";
  const namespace = asked.get("namespace") ?? (ofNamespace ? asked.get("id") : undefined);
  const dc = ofNamespace ? "" : asked.get("dc");
  if (dc === undefined) return "which dc?";
  if (namespace === undefined) return "which namespace?";
  const places = ["context", "dc", "namespace", "action", ...(ofNamespace ? ["id"] : [])];
  const wanted = [...asked].filter(([name]) => !places.includes(name));
  if (wanted.length === 0) return "nothing to set";
  const action = asked.get("action");
  if (action !== undefined && action !== "add" && action !== "remove") return "action is add or remove";
  return wanted.map(([name, value]) => {
    const isList = name in REPLY_NAMES;
    return { dc, namespace, name, value, action: isList ? (action ?? "add") : "set" };
  });
}
