/** A set-up of containers that runs: where its parts are reached, and what can be done to them. */
import { getContainerRuntimeClient, type StartedTestContainer } from "testcontainers";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { askAdmin, isOk } from "../setup/admin-client.ts";
import { waitUntil } from "../setup/wait.ts";
import { verifyNamespace } from "../verify/verify-namespace.ts";
import type { Plan, PlannedDatacenter } from "./plan.ts";

const READY_TIMEOUT_MS = 90_000;
const LOOK_INTERVAL_MS = 100;
const CONVERGENCE_TIMEOUT_MS = 60_000;

export interface WanShape {
  /** Added to each way, milliseconds. */
  readonly delayMs?: number;
  /** At most so much more or less, by chance. */
  readonly jitterMs?: number;
  readonly kbitPerSecond?: number;
}

/** How tests reach a datacenter. */
export interface StartedDatacenter {
  readonly name: string;
  readonly sourceId: number;
  /** `host:port` of each node, for Aerospike clients that ask for alternate addresses. */
  readonly seeds: readonly string[];
  /** Address of its NATS, as reached from the test. */
  readonly nats: string;
  /** Admin HTTP (status, metrics, health) by process: `a1`, `a-shipper`. */
  readonly admin: Readonly<Record<string, string>>;
}

export class StartedMeridian {
  readonly datacenters: readonly StartedDatacenter[];
  /** Admin HTTP of the WAN link; undefined with one datacenter. */
  readonly wanLink: string | undefined;
  readonly #plan: Plan;
  readonly #containers: ReadonlyMap<string, StartedTestContainer>;
  readonly #stop: () => Promise<void>;

  constructor(
    plan: Plan,
    host: string,
    containers: ReadonlyMap<string, StartedTestContainer>,
    stop: () => Promise<void>,
  ) {
    this.#plan = plan;
    this.#containers = containers;
    this.#stop = stop;
    this.datacenters = plan.datacenters.map((datacenter) => describe(datacenter, host));
    this.wanLink = plan.wanLink && `http://${host}:${plan.wanLink.adminPort}`;
  }

  /** By name, `dc-a`; NOT_FOUND names those there are. */
  datacenter(name: string): StartedDatacenter {
    const found = this.datacenters.find((one) => one.name === name);
    if (found !== undefined) return found;
    const names = this.datacenters.map((one) => one.name).join(", ");
    throw new MeridianError("NOT_FOUND", `no datacenter ${name}; there are: ${names}`);
  }

  /** Client addresses of a datacenter as one string, as the official client takes it. */
  hosts(datacenter: string): string {
    return this.datacenter(datacenter).seeds.join(",");
  }

  // ---- the WAN ----------------------------------------------------------------------------------------

  /** Nothing passes between two datacenters any more, either way; without names, between any two. */
  async cutWan(a?: string, b?: string): Promise<void> {
    for (const pair of this.#pairs(a, b)) await this.#wan("cut", pair);
  }

  /** What waited goes on: ends cuts and one-way stalls. */
  async healWan(a?: string, b?: string): Promise<void> {
    for (const pair of this.#pairs(a, b)) await this.#wan("heal", pair);
  }

  /** Makes the WAN slow, unsteady or narrow, between two datacenters or all; `{}` ends that. */
  async setWan(
    { delayMs = 0, jitterMs = 0, kbitPerSecond = 0 }: WanShape,
    a?: string,
    b?: string,
  ): Promise<void> {
    const shape = {
      "delay-ms": String(delayMs),
      "jitter-ms": String(jitterMs),
      "kbit-per-second": String(kbitPerSecond),
    };
    for (const pair of this.#pairs(a, b)) await this.#wan("shape", { ...pair, ...shape });
  }

  /** Nothing passes one way; the other way goes on. */
  async stallWan(from: string, to: string): Promise<void> {
    for (const name of [from, to]) this.datacenter(name);
    await this.#wan("stall", { from, to });
  }

  // ---- processes: nodes (a1), shippers (a-shipper), NATS servers (a-nats), the link (wan-link) -----------

  /** SIGKILL. It stays down until `restartNode`. */
  async killNode(name: string): Promise<void> {
    await this.#raw(name, (container) => container.kill());
  }

  /** SIGSTOP of all of the container: it answers nothing, and its connections stay. */
  async pauseNode(name: string): Promise<void> {
    await this.#raw(name, (container) => container.pause());
  }

  /** Goes on after `pauseNode`. */
  async resumeNode(name: string): Promise<void> {
    await this.#raw(name, (container) => container.unpause());
  }

  /** Starts what is down, and restarts in order what runs; resolves when it serves again. */
  async restartNode(name: string): Promise<void> {
    await this.#container(name).restart({ timeout: READY_TIMEOUT_MS });
    const admin = this.datacenters.map((one) => one.admin[name]).find((url) => url !== undefined);
    if (admin === undefined) return;
    const isReady = await waitUntil(() => isOk(`${admin}/readyz`), {
      timeoutMs: READY_TIMEOUT_MS,
      intervalMs: LOOK_INTERVAL_MS,
    });
    if (!isReady) throw new MeridianError("UNAVAILABLE", `${name} is not ready again: ${admin}/readyz`);
  }

  // ---- proof --------------------------------------------------------------------------------------------

  /**
   * Resolves when all datacenters hold the same bytes in every partition, after how many milliseconds.
   * Throws INCONCLUSIVE or DIFFERENT's words with the first keys that differ when the time is over.
   */
  async waitForConvergence(timeoutMs = CONVERGENCE_TIMEOUT_MS): Promise<number> {
    const fromMs = performance.now();
    for (const namespace of this.#plan.namespaces) {
      const verdict = await verifyNamespace({
        datacenters: this.#plan.datacenters,
        namespace,
        waitMs: Math.max(0, timeoutMs - (performance.now() - fromMs)),
        onProgress: () => undefined,
      });
      if (verdict.verdict === "equal") continue;
      const keys = verdict.differences.slice(0, 5).map(({ key, digest }) => key ?? digest);
      const found = `${verdict.differingKeys} keys differ${keys.length > 0 ? `: ${keys.join(", ")}` : ""}`;
      const open = `${verdict.unknownPartitions} partitions unknown, ${verdict.movingKeys} keys moving`;
      throw new MeridianError(
        "UNAVAILABLE",
        `${namespace} is ${verdict.verdict} after ${timeoutMs} ms: ${found}; ${open}`,
      );
    }
    return performance.now() - fromMs;
  }

  /** Ends and removes containers, volumes and networks. */
  async stop(): Promise<void> {
    await this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  // ---- within -------------------------------------------------------------------------------------------

  #pairs(a: string | undefined, b: string | undefined): { a: string; b: string }[] {
    if (a !== undefined) this.datacenter(a);
    if (b !== undefined) this.datacenter(b);
    const names = this.datacenters.map(({ name }) => name);
    const pairs = names.flatMap((one, index) =>
      names.slice(index + 1).map((other) => ({ a: one, b: other })),
    );
    const wanted = [a, b].filter((name) => name !== undefined);
    return pairs.filter((pair) => wanted.every((name) => pair.a === name || pair.b === name));
  }

  async #wan(action: string, query: Record<string, string>): Promise<void> {
    const { wanLink } = this.#plan;
    if (wanLink === undefined || this.wanLink === undefined) {
      throw new MeridianError("NOT_FOUND", "one datacenter has no WAN");
    }
    const url = `${this.wanLink}/${action}?${new URLSearchParams(query)}`;
    await askAdmin(url, z.unknown(), { method: "POST", token: wanLink.token });
  }

  async #raw(name: string, act: (container: Raw) => Promise<unknown>): Promise<void> {
    const { container } = await getContainerRuntimeClient();
    await act(container.getById(this.#container(name).getId()));
  }

  #container(name: string): StartedTestContainer {
    const found = this.#containers.get(name);
    if (found !== undefined) return found;
    const names = [...this.#containers.keys()].sort().join(", ");
    throw new MeridianError("NOT_FOUND", `no process ${name} here; there are: ${names}`);
  }
}

type Raw = ReturnType<Awaited<ReturnType<typeof getContainerRuntimeClient>>["container"]["getById"]>;

function describe(
  { name, sourceId, nodes, nats, shipper }: PlannedDatacenter,
  host: string,
): StartedDatacenter {
  const urls = [...nodes, shipper].map((one) => [one.name, `http://${host}:${one.adminPort}`]);
  return {
    name,
    sourceId,
    seeds: nodes.map(({ servicePort }) => `${host}:${servicePort}`),
    nats: `nats://${host}:${nats.port}`,
    admin: Object.fromEntries(urls),
  };
}
