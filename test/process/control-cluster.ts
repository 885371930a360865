/**
 * Several control planes in one process against a real nats-server. Their replication links are
 * played by this file: a member that is killed answers no more and refuses connections, and its
 * peers tell so at once, as the replica shell does.
 */
import { randomBytes } from "node:crypto";
import { systemClock } from "../../common/clock.ts";
import { type DatacenterConfig, parseDatacenterConfig } from "../../common/config.ts";
import { createLogger } from "../../common/log.ts";
import type { LinkState } from "../../node/controller/control-plane.ts";
import { NatsControlPlane } from "../../node/controller/nats-control-plane.ts";
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import { untilTrue } from "./until.ts";

const REPORT_MS = 100;

export interface ControlNode {
  readonly name: string;
  id: NodeId;
  boot: number;
  plane: NatsControlPlane | undefined;
  /** Every map it was given, in order. */
  readonly maps: { readonly map: ClusterMap; readonly atMs: number }[];
}

export class ControlCluster {
  readonly config: DatacenterConfig;
  readonly nodes: ControlNode[] = [];
  #timer: NodeJS.Timeout;

  constructor(natsUrl: string, names: readonly string[], overrides: Record<string, unknown> = {}) {
    this.config = parseDatacenterConfig(
      {
        name: "dc-a",
        "src-id": 1,
        nats: natsUrl,
        namespaces: [{ name: "test" }, { name: "gen" }],
        nodes: names.map((name, index) => ({
          name,
          data: `/nowhere/${name}`,
          "service-port": 3000 + index * 10,
          "fabric-port": 3001 + index * 10,
          "admin-port": 3002 + index * 10,
        })),
        ...overrides,
      },
      "test",
    );
    for (const name of names) this.nodes.push(this.make(name));
    this.#timer = setInterval(() => this.#reportAll(), REPORT_MS);
  }

  make(name: string): ControlNode {
    return { name, id: newId(), boot: 0, plane: undefined, maps: [] };
  }

  /** Starts `node` with what is on its disk: its id, its boot number raised, its latest map. */
  start(node: ControlNode): Promise<void> {
    node.boot++;
    const plane = new NatsControlPlane({
      config: this.config,
      member: memberOf(node),
      persistedMap: node.maps.at(-1)?.map,
      clock: systemClock(),
      log: createLogger({ node: node.name }, process.env["TEST_LOG"] ?? "silent"),
    });
    node.plane = plane;
    plane.onMap((map) => {
      if (map !== node.maps.at(-1)?.map) node.maps.push({ map, atMs: performance.now() });
    });
    this.#reportAll();
    return plane.start();
  }

  async startAll(): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.start(node)));
  }

  /** kill -9: nothing is said, the peers see broken links and refused connections. */
  kill(node: ControlNode): void {
    const { plane } = node;
    node.plane = undefined;
    void plane?.close();
    this.#reportAll();
  }

  async stop(node: ControlNode): Promise<void> {
    const { plane } = node;
    await plane?.stop();
    node.plane = undefined;
    this.#reportAll();
  }

  #reportAll(): void {
    for (const node of this.nodes) {
      const states = this.nodes
        .filter((peer) => peer !== node)
        .map((peer): LinkState => {
          const up = peer.plane !== undefined;
          return { peer: peer.id, up, silentMs: 0, refused: !up };
        });
      node.plane?.reportLinks(states);
    }
  }

  running(): ControlNode[] {
    return this.nodes.filter((node) => node.plane !== undefined);
  }
  controller(): ControlNode | undefined {
    return this.nodes.find((node) => node.plane?.isController);
  }
  async untilController(): Promise<void> {
    await untilTrue("a controller", { timeoutMs: 10_000 }, () => this.controller() !== undefined);
  }
  latest(): ClusterMap | undefined {
    const maps = this.running().map((node) => node.maps.at(-1)?.map);
    return maps.reduce((a, b) => ((b?.version ?? 0) > (a?.version ?? 0) ? b : a), undefined);
  }

  /** Every running node has a map for which `condition` holds; the time of the last to get it. */
  async untilAll(what: string, condition: (map: ClusterMap) => boolean, timeoutMs = 15_000): Promise<number> {
    const first = (node: ControlNode): number | undefined =>
      node.maps.findLast((_, index, maps) => {
        const here = maps[index];
        const before = maps[index - 1];
        return here !== undefined && condition(here.map) && (before === undefined || !condition(before.map));
      })?.atMs;
    await untilTrue(what, { timeoutMs, intervalMs: 5 }, () =>
      this.running().every((node) => {
        const map = node.maps.at(-1)?.map;
        return map !== undefined && condition(map);
      }),
    );
    return Math.max(...this.running().map((node) => first(node) ?? 0));
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.running().map((node) => this.stop(node)));
  }
}

function newId(): NodeId {
  return `B${randomBytes(8).toString("hex").toUpperCase().slice(1)}`;
}

function memberOf(node: ControlNode): Member {
  return {
    id: node.id,
    name: node.name,
    rackId: 0,
    service: `${node.name}:3000`,
    fabric: `${node.name}:3001`,
    admin: `${node.name}:3002`,
    boot: node.boot,
    state: "up",
    changedAt: 0,
  };
}
