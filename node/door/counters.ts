/**
 * What the door counts, under Aerospike's stat names: plain numbers that the hot path adds to,
 * named only when somebody asks (info protocol, Prometheus).
 */
import { Counter, Gauge, type Registry } from "prom-client";

/** Who asked: a client, a client through another node, or a row of a client's batch. */
export const ORIGINS = ["client", "from_proxy", "batch_sub"] as const;
export type Origin = (typeof ORIGINS)[number];
const KINDS = ["read", "write", "delete"] as const;
export type Kind = (typeof KINDS)[number];

export interface Outcomes {
  success: number;
  error: number;
  timeout: number;
  not_found: number;
  /** There, and left out by the request's filter expression. */
  filtered_out: number;
}
const OUTCOMES = ["success", "error", "timeout", "not_found", "filtered_out"] as const;
const PROXY_OUTCOMES = ["complete", "error", "timeout"] as const;

function outcomes(): Outcomes {
  return { success: 0, error: 0, timeout: 0, not_found: 0, filtered_out: 0 };
}

export interface OriginCounters {
  readonly read: Outcomes;
  readonly write: Outcomes;
  readonly delete: Outcomes;
  /** Requests handed to another node; stays 0 for `from_proxy`. */
  readonly proxy: { complete: number; error: number; timeout: number };
}

function originCounters(): OriginCounters {
  return {
    read: outcomes(),
    write: outcomes(),
    delete: outcomes(),
    proxy: { complete: 0, error: 0, timeout: 0 },
  };
}

export class NamespaceCounters {
  readonly client = originCounters();
  readonly from_proxy = originCounters();
  readonly batch_sub = originCounters();
  fail_generation = 0;
  fail_record_too_big = 0;
  /** Writes that `reject-xdr-writes` or `reject-non-xdr-writes` refused. */
  fail_xdr_forbidden = 0;
  read_touch_success = 0;
  read_touch_skip = 0;
  read_touch_error = 0;

  /** Stat name and value, flat. */
  entries(): [string, number][] {
    const list: [string, number][] = [];
    for (const origin of ORIGINS) {
      for (const kind of KINDS) {
        for (const outcome of OUTCOMES) {
          // A write that needs a record and finds none is an error there, as Aerospike counts.
          if (kind === "write" && outcome === "not_found") continue;
          list.push([`${origin}_${kind}_${outcome}`, this[origin][kind][outcome]]);
        }
      }
      if (origin === "from_proxy") continue;
      for (const outcome of PROXY_OUTCOMES) {
        list.push([`${origin}_proxy_${outcome}`, this[origin].proxy[outcome]]);
      }
    }
    list.push(["fail_generation", this.fail_generation]);
    list.push(["fail_record_too_big", this.fail_record_too_big]);
    list.push(["fail_xdr_forbidden", this.fail_xdr_forbidden]);
    list.push(["read_touch_success", this.read_touch_success]);
    list.push(["read_touch_skip", this.read_touch_skip]);
    list.push(["read_touch_error", this.read_touch_error]);
    return list;
  }
}

/** Counters of the whole door. */
export class DoorCounters {
  client_connections_opened = 0;
  client_connections_closed = 0;
  /** Refused because there were too many. */
  client_connections_refused = 0;
  /** Closed because their peer did not read, or did not finish a frame, in time. */
  reaped_fds = 0;
  /** Frames that are not what the protocol says. */
  demarshal_error = 0;
  info_complete = 0;
  batch_index_initiate = 0;
  batch_index_complete = 0;
  batch_index_error = 0;

  get client_connections(): number {
    return this.client_connections_opened - this.client_connections_closed;
  }

  entries(): [string, number][] {
    return [
      ["client_connections", this.client_connections],
      ["client_connections_opened", this.client_connections_opened],
      ["client_connections_closed", this.client_connections_closed],
      ["client_connections_refused", this.client_connections_refused],
      ["reaped_fds", this.reaped_fds],
      ["demarshal_error", this.demarshal_error],
      ["info_complete", this.info_complete],
      ["batch_index_initiate", this.batch_index_initiate],
      ["batch_index_complete", this.batch_index_complete],
      ["batch_index_error", this.batch_index_error],
    ];
  }
}

export interface CountedNamespace {
  readonly name: string;
  readonly counters: NamespaceCounters;
}

/**
 * Makes Prometheus read the counters when it scrapes. Names are those of Aerospike's exporter, so
 * that its dashboards work.
 */
export function registerDoorMetrics(
  registry: Registry,
  door: DoorCounters,
  namespaces: readonly CountedNamespace[],
): void {
  for (const [stat] of door.entries()) {
    const read = () => door.entries().find(([name]) => name === stat)?.[1] ?? 0;
    const name = `aerospike_node_stats_${stat}`;
    const help = `Client door: ${stat.replaceAll("_", " ")}`;
    if (stat === "client_connections") {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    } else {
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    }
  }
  registerNamespaceMetrics(registry, namespaces);
}

function registerNamespaceMetrics(registry: Registry, namespaces: readonly CountedNamespace[]): void {
  for (const [stat] of new NamespaceCounters().entries()) {
    new Counter({
      name: `aerospike_namespace_${stat}`,
      help: `Client door: ${stat.replaceAll("_", " ")}`,
      labelNames: ["ns"],
      registers: [registry],
      collect() {
        this.reset();
        for (const namespace of namespaces) {
          const value = namespace.counters.entries().find(([name]) => name === stat)?.[1] ?? 0;
          this.inc({ ns: namespace.name }, value);
        }
      },
    });
  }
}
