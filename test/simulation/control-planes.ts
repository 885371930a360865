/**
 * Several nodes' control planes (the real ones, without NATS) around one model KV, under fake
 * timers: reports get lost, watches are late, answers of the KV are lost, the KV goes back or is
 * emptied, nodes die and return. Every map that any node ever took is checked against all others.
 */
import { parseDatacenterConfig } from "../../common/config.ts";
import { createLogger } from "../../common/log.ts";
import { ControlCore } from "../../node/controller/control-core.ts";
import type { LinkState } from "../../node/controller/control-plane.ts";
import { MapHolder } from "../../node/controller/map-holder.ts";
import { decodeAsks, encodeAsks } from "../../node/controller/messages.ts";
import { ReliableKv } from "../../node/controller/reliable-kv.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";
import { decodeMap, encodeMap } from "../../proto/cluster-map-codec.ts";
import { KvModel, type WriteFault } from "./kv-model.ts";

export interface SimNode {
  readonly name: string;
  readonly id: NodeId;
  boot: number;
  core: ControlCore | undefined;
  maps: MapHolder;
}

export interface Chances {
  /** Of a report or an ask to get lost. */
  lossy: number;
  /** Of a KV write to have its answer lost. */
  doubtful: number;
  /** Most milliseconds by which a watch is late. */
  lateMs: number;
}

export class ControlPlanes {
  readonly nodes: SimNode[];
  readonly kv: KvModel;
  readonly chances: Chances = { lossy: 0, doubtful: 0, lateMs: 0 };
  /** The KV does not answer, reports do not travel: NATS is down. */
  natsDown = false;
  readonly problems: string[] = [];
  readonly #random: () => number;
  readonly #primaries = new Map<string, NodeId | null>();
  readonly #versions = new Map<number, ClusterMap>();
  readonly #config = parseDatacenterConfig(
    {
      name: "dc",
      "src-id": 1,
      nats: "nats://none",
      namespaces: [{ name: "test" }],
      nodes: ["a1", "a2", "a3"].map((name, index) => ({
        name,
        data: `/${name}`,
        "service-port": 10 + index,
        "fabric-port": 20 + index,
        "admin-port": 30 + index,
      })),
    },
    "simulation",
  );

  constructor(random: () => number) {
    this.#random = random;
    this.kv = new KvModel({
      write: () => this.#writeFault(),
      readable: () => !this.natsDown,
      deliver: (run) => setTimeout(run, this.#random() * this.chances.lateMs),
    });
    this.nodes = this.#config.nodes.map(({ name }, index) => ({
      name,
      id: `000000000000000${index + 1}`,
      boot: 0,
      core: undefined,
      maps: new MapHolder(undefined),
    }));
  }

  #writeFault(): WriteFault {
    if (this.natsDown) return "unreachable";
    if (this.#random() >= this.chances.doubtful) return "none";
    return this.#random() < 0.5 ? "lost-before" : "lost-after";
  }

  start(node: SimNode): void {
    node.boot++;
    // What the disk kept, through the bytes it was kept as.
    const kept = node.maps.known;
    node.maps = new MapHolder(kept && decodeMap(encodeMap(kept)));
    node.maps.listen((map) => this.#check(node, map));
    const clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };
    node.core = new ControlCore({
      config: this.#config,
      member: {
        ...{ id: node.id, name: node.name, rackId: 0, service: "", fabric: "", admin: "" },
        ...{ boot: node.boot, state: "up", changedAt: 0 },
      },
      startFenced: "no",
      maps: node.maps,
      kv: new ReliableKv(this.kv, clock.monotonicMs),
      transport: {
        connected: () => !this.natsDown,
        publishReport: (report) => this.#toOthers(node, (core) => core.reportReceived(report)),
        fetchMap: async (from) => {
          const peer = this.nodes.find(({ id }) => id === from);
          if (this.natsDown || peer?.core === undefined) return undefined;
          return peer.maps.known;
        },
      },
      clock,
      log: createLogger({ node: node.name }, process.env["TEST_LOG"] ?? "silent"),
      onRegistered: () => undefined,
      onRefused: (error) => this.problems.push(`${node.name}: ${error.message}`),
    });
    this.tellLinks();
  }

  kill(node: SimNode): void {
    node.core?.close();
    node.core = undefined;
    this.tellLinks();
  }

  running(): SimNode[] {
    return this.nodes.filter((node) => node.core !== undefined);
  }

  tellLinks(): void {
    for (const node of this.running()) {
      const states = this.nodes
        .filter((peer) => peer !== node)
        .map((peer): LinkState => {
          const up = peer.core !== undefined;
          return { peer: peer.id, up, silentMs: 0, refused: !up };
        });
      node.core?.reportLinks(states);
    }
  }

  natsBack(): void {
    this.natsDown = false;
    for (const node of this.running()) node.core?.reconnected();
  }

  #toOthers(from: SimNode, send: (core: ControlCore) => void): void {
    for (const node of this.nodes) {
      if (node === from || this.#random() < this.chances.lossy) continue;
      setTimeout(() => {
        if (node.core !== undefined && !this.natsDown) send(node.core);
      }, this.#random() * 5);
    }
  }

  /** Primaries ask for every learner that is up. */
  teach(): void {
    const up = new Set(this.running().map((node) => node.id));
    for (const node of this.running()) {
      const { known } = node.maps;
      if (known === undefined) continue;
      const asks = (known.namespaces[0]?.rows ?? []).flatMap((row, slot) =>
        row.primary !== node.id
          ? []
          : row.assigned
              .filter((id) => !row.inSync.includes(id) && up.has(id))
              .map((member) => ({
                slot,
                epoch: row.epoch,
                member,
                remove: false,
                mapVersion: known.version,
              })),
      );
      for (const message of encodeAsks(node.id, asks)) {
        const sent = decodeAsks(message);
        if (node.core?.leads) node.core.asksReceived(sent);
        else this.#toOthers(node, (core) => core.asksReceived(sent));
      }
    }
  }

  /** ONE: a version is one map, and an epoch of a row has one primary, whoever was told. */
  #check(node: SimNode, map: ClusterMap): void {
    const before = this.#versions.get(map.version);
    if (before !== undefined) {
      if (Buffer.compare(encodeMap(before), encodeMap(map)) !== 0) {
        this.problems.push(`${node.name}: two maps of version ${map.version}`);
      }
      return;
    }
    this.#versions.set(map.version, map);
    for (const [partition, row] of (map.namespaces[0]?.rows ?? []).entries()) {
      const key = `${partition}/${row.epoch}`;
      const primary = this.#primaries.get(key);
      if (primary === undefined) this.#primaries.set(key, row.primary);
      else if (primary !== row.primary) this.problems.push(`${key}: ${primary} and ${row.primary}`);
    }
  }

  get versions(): number {
    return this.#versions.size;
  }

  /** Every node that runs has the same map, and it is whole. */
  get whole(): boolean {
    const maps = this.running().map((node) => node.maps.known);
    const first = maps[0];
    return (
      first !== undefined &&
      maps.every((map) => map?.version === first.version) &&
      first.members.every((member) => member.state === "up") &&
      first.namespaces.every(({ rows }) =>
        rows.every((row) => row.primary !== null && row.inSync.length === 2),
      )
    );
  }
}
