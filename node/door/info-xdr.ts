/**
 * Aerospike's info commands for settings of shipping: `get-config` and `set-config` of the contexts `xdr` and
 * `namespace`, `xdr-get-filter` and `xdr-set-filter`. A change is ordered to the whole datacenter, so it is
 * enough to send it to one node, and sending it to all of them does no harm.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { FilterExpression } from "../../common/expression/filter-expression.ts";
import { removeRemote } from "../../common/xdr/remotes.ts";
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

const SET_FILTER = "xdr-set-filter:";

/** Aerospike answers lists under other names than they are set by. */
const REPLY_NAMES: Readonly<Record<string, string>> = {
  "ship-set": "shipped-sets",
  "ignore-set": "ignored-sets",
  "ship-bin": "shipped-bins",
  "ignore-bin": "ignored-bins",
};

/** Parameters of `name:key=value;key=value`. */
export function parameters(command: string): Map<string, string> {
  const map = new Map<string, string>();
  const colon = command.indexOf(":");
  if (colon < 0) return map;
  for (const part of command.slice(colon + 1).split(";")) {
    const equals = part.indexOf("=");
    if (equals > 0) map.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return map;
}

/** Answer to `get-config:context=xdr…`. */
export function xdrConfig(xdr: XdrDoor, asked: ReadonlyMap<string, string>): string {
  const dc = asked.get("dc");
  if (dc === undefined) return `dcs=${xdr.destinations.join()};src-id=${xdr.sourceId};trace-sample=0`;
  if (!xdr.destinations.includes(dc)) return "ERROR:4:unknown dc";
  const namespace = asked.get("namespace");
  if (namespace === undefined) return `auth-mode=none;connector=false;namespaces=${xdr.namespaces.join()}`;
  if (!xdr.namespaces.includes(namespace)) return "ERROR:20:unknown namespace";
  // As with Aerospike the filter has a command of its own; a rewind is no setting there.
  const { filter: _, rewind: __, ...settings } = xdr.ship(dc, namespace);
  const shown = Object.entries(settings);
  return shown.map(([name, value]) => `${REPLY_NAMES[name] ?? name}=${shownValue(value)}`).join(";");
}

/** A value as info commands show it. */
function shownValue(value: unknown): string {
  return Array.isArray(value) ? value.join() : String(value);
}

/**
 * Answer to `xdr-get-filter:dc=DC[;namespace=NAMESPACE][;b64=true]`: of each namespace, `null` without a
 * filter, else the expression for people, or in base64.
 */
export function xdrFilters(xdr: XdrDoor, asked: ReadonlyMap<string, string>): string {
  const dc = asked.get("dc");
  if (dc === undefined) return "ERROR:4:which dc?";
  if (!xdr.destinations.includes(dc)) return "ERROR:4:unknown dc";
  const namespace = asked.get("namespace");
  if (namespace !== undefined && !xdr.namespaces.includes(namespace)) return "ERROR:20:unknown namespace";
  const isBase64 = asked.get("b64") === "true";
  return (namespace === undefined ? xdr.namespaces : [namespace])
    .map((name) => {
      const { filter } = xdr.ship(dc, name);
      const shown = isBase64 || filter === "" ? filter || "null" : String(FilterExpression.ofBase64(filter));
      return `namespace=${name}:exp=${shown}`;
    })
    .join(";");
}

/** Whether an info command changes a setting. */
export function isXdrChange(command: string): boolean {
  return command.startsWith("set-config:") || command.startsWith(SET_FILTER);
}

/** Carries out `set-config:…` or `xdr-set-filter:…`; `ok` once this node follows it. */
export async function carryOutXdrChange(xdr: XdrDoor | undefined, command: string): Promise<string> {
  const asked = parameters(command);
  const wanted = command.startsWith(SET_FILTER) ? filterChangeOf(asked) : changesOf(asked);
  const changes = xdr === undefined ? "nothing can be set at this node" : wanted;
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

/** The change that `xdr-set-filter` asks for; `exp=null`: there is to be none, whatever the file says. */
function filterChangeOf(asked: ReadonlyMap<string, string>): XdrChange[] | string {
  const [dc, namespace, expression] = [asked.get("dc"), asked.get("namespace"), asked.get("exp")];
  if (dc === undefined) return "which dc?";
  if (namespace === undefined) return "which namespace?";
  if (expression === undefined) return "exp is the expression in base64, or null";
  return [{ dc, namespace, name: "filter", action: "set", value: expression === "null" ? "" : expression }];
}

/** The changes that a command asks for, or why it asks for none. */
function changesOf(asked: ReadonlyMap<string, string>): XdrChange[] | string {
  const context = asked.get("context");
  if (context !== "xdr" && context !== "namespace") return "context is xdr or namespace";
  const ofNamespace = context === "namespace";
  const namespace = asked.get("namespace") ?? (ofNamespace ? asked.get("id") : undefined);
  const dc = ofNamespace ? "" : asked.get("dc");
  if (dc === undefined) return "which dc?";
  const action = asked.get("action");
  // As Aerospike has it, a dc is created and deleted; what it is reached by has another form here.
  if (action === "create") return "create: `meridian xdr add` does it";
  if (action === "delete" && !ofNamespace) return [removeRemote(dc)];
  if (namespace === undefined) return "which namespace?";
  const places = ["context", "dc", "namespace", "action", ...(ofNamespace ? ["id"] : [])];
  const wanted = [...asked].filter(([name]) => !places.includes(name));
  if (action !== undefined && action !== "add" && action !== "remove") return "action is add or remove";
  if (asked.has("rewind")) return "rewind: `meridian xdr rewind` does it, and tells when all has arrived";
  if (wanted.length === 0 && action !== undefined && !ofNamespace) {
    // As Aerospike has it, a namespace of a dc is added or removed.
    return [{ dc, namespace, name: "enabled", value: String(action === "add"), action: "set" }];
  }
  if (wanted.length === 0) return "nothing to set";
  return wanted.map(([name, value]) => {
    const isList = name in REPLY_NAMES;
    return { dc, namespace, name, value, action: isList ? (action ?? "add") : "set" };
  });
}
