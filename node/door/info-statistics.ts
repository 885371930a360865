/**
 * Info commands for operators and tools: what the node is, how it is configured, what it counted.
 * Values are `key=value;key=value`, as the tools of the field parse them.
 */
import type { Clock } from "../../common/clock.ts";
import { BUILD } from "./build.ts";
import type { ClusterView } from "./cluster-view.ts";
import type { DoorCounters } from "./counters.ts";
import type { DoorContext, StatValue } from "./door-context.ts";
import { parameters, xdrConfig, xdrFilters } from "./info-xdr.ts";
import type { DoorNamespace, Namespaces } from "./namespaces.ts";

type Pairs = readonly (readonly [string, StatValue])[];

function join(pairs: Pairs): string {
  return pairs.map(([key, value]) => `${key}=${value}`).join(";");
}

export class InfoStatistics {
  readonly #context: DoorContext;
  readonly #view: ClusterView;
  readonly #namespaces: Namespaces;
  readonly #counters: DoorCounters;
  readonly #clock: Clock;
  readonly #startedMs: number;

  constructor(
    context: DoorContext,
    view: ClusterView,
    namespaces: Namespaces,
    counters: DoorCounters,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#startedMs = clock.monotonicMs();
    this.#context = context;
    this.#view = view;
    this.#namespaces = namespaces;
    this.#counters = counters;
  }

  /** The value of a command, undefined when it is none of these. */
  value(command: string): string | undefined {
    if (command.startsWith("namespace/")) return this.#namespace(command.slice("namespace/".length));
    const colon = command.indexOf(":");
    switch (colon < 0 ? command : command.slice(0, colon)) {
      case "status":
        return this.#view.map === undefined ? "ERROR:11:no cluster map yet" : "ok";
      case "version":
        return `Meridian build ${BUILD}`;
      case "edition":
        return "Meridian";
      case "statistics":
        return this.#statistics();
      case "namespaces":
        return this.#namespaces.all.map((namespace) => namespace.name).join(";");
      case "sindex-list":
      case "udf-list":
        // There are none, which is an answer; making one is refused.
        return "";
      case "get-config":
        return this.#config(parameters(command));
      case "xdr-get-filter":
        return this.#context.xdr === undefined
          ? undefined
          : xdrFilters(this.#context.xdr, parameters(command));
      case "racks":
        return this.#racks(parameters(command));
      case "cluster-stable":
        return this.#clusterStable(parameters(command));
      default:
        return undefined;
    }
  }

  #statistics(): string {
    const view = this.#view;
    return join([
      ["failed_best_practices", false],
      ["cluster_size", view.facts.size],
      ["cluster_key", view.facts.clusterKey],
      ["cluster_generation", view.map?.version ?? 0],
      ["cluster_integrity", view.map !== undefined],
      ["cluster_is_member", view.self !== undefined],
      ["cluster_principal", view.map?.clusterId ?? ""],
      ["uptime", Math.floor((this.#clock.monotonicMs() - this.#startedMs) / 1000)],
      ["migrate_partitions_remaining", view.facts.migrating],
      ...this.#counters.entries(),
      ...Object.entries(this.#context.statistics()),
    ]);
  }

  #namespace(name: string): string {
    const namespace = this.#namespaces.named(name);
    if (namespace === undefined) return "ERROR:20:unknown namespace";
    const { size, namespaces } = this.#view.facts;
    const facts = namespaces[namespace.id];
    return join([
      ["ns_cluster_size", size],
      ["effective_replication_factor", facts?.replicas ?? 0],
      ["primary_partitions", facts?.primaries ?? 0],
      ["unavailable_partitions", facts?.unavailable ?? 0],
      ["migrate_partitions_remaining", facts?.migrating ?? 0],
      ["dead_partitions", 0],
      ["stop_writes", false],
      ["nsup-enabled", true],
      ...this.#namespaceConfig(namespace),
      ...namespace.counters.entries(),
      ...Object.entries(this.#context.namespaceStatistics(namespace.id)),
    ]);
  }

  #namespaceConfig(namespace: DoorNamespace): Pairs {
    const pairs: [string, StatValue][] = [];
    const settings = this.#context.xdr?.namespace(namespace.name) ?? {};
    for (const [key, value] of Object.entries({ ...namespace.config, ...settings })) {
      if (key === "name") continue;
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        pairs.push([key, value]);
      }
    }
    return pairs;
  }

  #config(asked: ReadonlyMap<string, string>): string {
    if (asked.get("context") === "namespace") {
      const name = asked.get("namespace") ?? asked.get("id") ?? "";
      const namespace = this.#namespaces.named(name);
      return namespace === undefined ? "ERROR:20:unknown namespace" : join(this.#namespaceConfig(namespace));
    }
    if (asked.get("context") === "service") return join([["cluster-name", this.#context.clusterName]]);
    if (asked.get("context") === "xdr" && this.#context.xdr !== undefined) {
      return xdrConfig(this.#context.xdr, asked);
    }
    return "ERROR:4:context is service, namespace or xdr";
  }

  /** `ns=NAME:rack_ID=NODE,NODE:rack_ID=NODE;ns=...` */
  #racks(asked: ReadonlyMap<string, string>): string {
    const racks = new Map<number, string[]>();
    for (const member of this.#view.map?.members ?? []) {
      if (member.state === "down") continue;
      const ids = racks.get(member.rackId);
      if (ids === undefined) racks.set(member.rackId, [member.id]);
      else ids.push(member.id);
    }
    const groups = [...racks].map(([rackId, ids]) => `rack_${rackId}=${ids.join(",")}`).join(":");
    const wanted = asked.get("namespace");
    return this.#namespaces.all
      .filter((namespace) => wanted === undefined || namespace.name === wanted)
      .map((namespace) => `ns=${namespace.name}:${groups}`)
      .join(";");
  }

  /** The cluster key when nothing is in motion, so that a tool may compare it over the nodes. */
  #clusterStable(asked: ReadonlyMap<string, string>): string {
    const view = this.#view;
    const size = asked.get("size");
    if (view.map === undefined) return "ERROR::unstable-cluster";
    if (size !== undefined && Number(size) !== view.facts.size) return "ERROR::unstable-cluster";
    const moving = asked.get("ignore-migrations") === "true" ? 0 : view.facts.migrating;
    if (moving > 0 || view.facts.unavailable > 0) return "ERROR::unstable-cluster";
    return view.facts.clusterKey;
  }
}
