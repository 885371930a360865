/** What no schema says of a configuration: values that contradict each other, each with its path. */
import type { DatacenterConfig, FeedConfig, NodeConfig, ShipperConfig } from "./config.ts";
import type { Problem } from "./config-problems.ts";
import { feedSets } from "./feed-sets.ts";
import { meantHint } from "./nearest-name.ts";
import { uselessBins } from "./xdr/xdr-bins.ts";
import { contradictionIn } from "./xdr/xdr-settings.ts";

/** One value, and where it stands. */
interface Placed {
  readonly value: string | number;
  readonly path: Problem["path"];
}

export function contradictions(config: DatacenterConfig): Problem[] {
  const { nodes, shippers, remotes, namespaces } = config;
  const processes = [
    ...nodes.map((one, index) => ({ one, path: ["nodes", index] })),
    ...shippers.map((one, index) => ({ one, path: ["shippers", index] })),
  ];
  const remote = (key: "name" | "src-id"): Placed[] =>
    remotes.map((one, index) => ({ value: one[key], path: ["remotes", index, key] }));
  return [
    ...twice("src-id", [{ value: config["src-id"], path: ["src-id"] }, ...remote("src-id")]),
    ...twice("datacenter name", [{ value: config.name, path: ["name"] }, ...remote("name")]),
    ...twice("namespace name", named("namespaces", namespaces)),
    ...twice(
      "node or shipper name",
      processes.map(({ one, path }) => ({ value: one.name, path })),
    ),
    ...twice(
      "port",
      processes.flatMap(({ one, path }) => portsOf(one, path)),
    ),
    ...nodes.flatMap(({ name, address, "access-address": access }, index): Problem[] => {
      if (!isWildcard(address) || access !== undefined) return [];
      const message = `node ${name}: address ${address} is nothing to connect to: give an access-address`;
      return [{ path: ["nodes", index, "address"], message }];
    }),
    ...namespaces.flatMap(namespaceContradictions),
    ...shipContradictions(config),
  ];
}

function namespaceContradictions(
  namespace: DatacenterConfig["namespaces"][number],
  index: number,
): Problem[] {
  const { name, "min-in-sync": least, "replication-factor": factor } = namespace;
  const found: Problem[] = [];
  if (least > factor) {
    const message = `namespace ${name}: min-in-sync ${least} is above replication-factor ${factor}`;
    found.push({ path: ["namespaces", index, "min-in-sync"], message });
  }
  const policy = namespace["conflict-resolution-policy"];
  if (namespace["conflict-resolve-writes"] && policy !== "last-update-time") {
    const message = `namespace ${name}: bins are decided by last-update time, not by ${policy}`;
    found.push({ path: ["namespaces", index, "conflict-resolve-writes"], message });
  }
  if (namespace["reject-xdr-writes"] && namespace["reject-non-xdr-writes"]) {
    const message = `namespace ${name}: refuses changes of other datacenters and writes of clients: all`;
    found.push({ path: ["namespaces", index, "reject-xdr-writes"], message });
  }
  return found;
}

/** Of `xdr`: destinations and namespaces that there are, each once, and no slip among the sets. */
function shipContradictions({ xdr, remotes, namespaces }: DatacenterConfig): Problem[] {
  const remoteNames = remotes.map(({ name }) => name);
  const namespaceNames = namespaces.map(({ name }) => name);
  return [
    ...twice("destination", named("xdr", xdr.dcs, ["xdr", "dcs"])),
    ...xdr.dcs.flatMap((dc, index) => {
      const path = ["xdr", "dcs", index];
      return [
        ...unless(remoteNames, dc.name, "datacenter in remotes", [...path, "name"]),
        ...twice(`namespace of ${dc.name}`, named("namespaces", dc.namespaces, [...path, "namespaces"])),
        ...dc.namespaces.flatMap((namespace, place): Problem[] => {
          const at = [...path, "namespaces", place];
          const own = namespaces.find(({ name }) => name === namespace.name);
          const byBins = own?.["conflict-resolve-writes"] ?? false;
          const says = contradictionIn(namespace, byBins) ?? uselessIn(namespace);
          return [
            ...unless(namespaceNames, namespace.name, "namespace", [...at, "name"]),
            ...(says === undefined ? [] : [{ path: at, message: says }]),
          ];
        }),
      ];
    }),
  ];
}

type ShippedNamespace = DatacenterConfig["xdr"]["dcs"][number]["namespaces"][number];

/** In a file, what has no effect is a slip; at run time it may be the first of two steps. */
function uselessIn(namespace: ShippedNamespace): string | undefined {
  const only = namespace["ship-only-specified-sets"];
  if (!only && namespace["ship-set"].length > 0) {
    return "ship-set says nothing without ship-only-specified-sets: true";
  }
  return only && namespace["ignore-set"].length > 0
    ? "ignore-set says nothing beside ship-only-specified-sets: true"
    : uselessBins(namespace);
}

/** What the feeds of a configuration are checked against. */
export interface FeedSurroundings {
  readonly name: string;
  readonly feeds: readonly FeedConfig[];
  readonly namespaces: readonly { readonly name: string }[];
  readonly remotes: readonly { readonly name: string }[];
}

/** A change has one message: no two feeds may have the same records. */
export function feedContradictions({ name: own, feeds, namespaces, remotes }: FeedSurroundings): Problem[] {
  const namespaceNames = namespaces.map(({ name }) => name);
  const datacenters = [own, ...remotes.map((remote) => remote.name)];
  return [
    ...twice("feed name", named("feeds", feeds)),
    ...feeds.flatMap((feed, index): Problem[] => {
      const { name, namespace, consumers, origins } = feed;
      const path = ["feeds", index];
      const rival = feeds.find(
        (other) => other.name !== name && other.namespace === namespace && shareSets(feed, other),
      );
      const message = `feed ${name}: feed ${rival?.name} has the same records of ${namespace}`;
      return [
        ...twice(
          `consumer of feed ${name}`,
          consumers.map((value, place) => ({ value, path: [...path, "consumers", place] })),
        ),
        ...unless(namespaceNames, namespace, "namespace", [...path, "namespace"], `feed ${name}: `),
        ...(origins ?? []).flatMap((origin, place) =>
          unless(datacenters, origin, "datacenter", [...path, "origins", place], `feed ${name}: `),
        ),
        ...(rival === undefined ? [] : [{ path, message }]),
      ];
    }),
  ];
}

function shareSets(one: FeedConfig, other: FeedConfig): boolean {
  const [ones, others] = [feedSets(one), feedSets(other)];
  return ones === undefined || others === undefined || ones.some((set) => others.includes(set));
}

function named(
  list: string,
  entries: readonly { readonly name: string }[],
  path: Problem["path"] = [list],
): Placed[] {
  return entries.map(({ name }, index) => ({ value: name, path: [...path, index, "name"] }));
}

/** A problem unless `name` is one of `names`. */
function unless(
  names: readonly string[],
  name: string,
  what: string,
  path: Problem["path"],
  before = "",
): Problem[] {
  if (names.includes(name)) return [];
  return [{ path, message: `${before}there is no ${what} ${name}${meantHint(name, names)}` }];
}

/** The first value that stands there twice. */
function twice(what: string, values: readonly Placed[]): Problem[] {
  const again = values.find(({ value }, index) => values.findIndex((one) => one.value === value) !== index);
  return again === undefined ? [] : [{ path: again.path, message: `${what} ${again.value} is given twice` }];
}

/** `address:port` of each listener of a process. */
function portsOf(process: NodeConfig | ShipperConfig, path: Problem["path"]): Placed[] {
  const ports: [key: string, port: number][] = [["admin-port", process["admin-port"]]];
  if ("service-port" in process) {
    ports.push(["service-port", process["service-port"]], ["fabric-port", process["fabric-port"]]);
  }
  // Containers of one datacenter listen on the same ports, each in a network of its own name.
  const host = ("access-address" in process ? process["access-address"] : undefined) ?? process.address;
  // Nor can be told of which machine all addresses are meant.
  if (isWildcard(host)) return [];
  return ports.map(([key, port]) => ({ value: `${host}:${port}`, path: [...path, key] }));
}

function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}
