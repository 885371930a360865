/** A set-up of containers that runs: where its parts are reached, and what can be done to them. */
import { MeridianError } from "../../common/errors.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import type { ContainerEngine } from "../setup/container-engine.ts";
import type { ContainerSetup } from "../setup/container-setup.ts";
import type { WanAdmin } from "../setup/wan-admin.ts";
import { verifyNamespace } from "../verify/verify-namespace.ts";
import type { Plan, PlannedDatacenter } from "./plan.ts";
import { plannedSetup, type RunningPlan, wanAddressOf, wanAdminOf } from "./planned-setup.ts";
import { rehearse, type RehearsalOptions } from "./rehearse.ts";

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
  readonly #running: RunningPlan;
  readonly #plan: Plan;
  readonly #wan: WanAdmin | undefined;
  readonly #setup: ContainerSetup;
  readonly #stop: () => Promise<void>;

  constructor(running: RunningPlan, engine: ContainerEngine, stop: () => Promise<void>) {
    const { plan, host } = running;
    this.#running = running;
    this.#plan = plan;
    this.#stop = stop;
    this.datacenters = plan.datacenters.map((datacenter) => describe(datacenter, host));
    this.wanLink = wanAddressOf(running);
    this.#wan = wanAdminOf(running);
    this.#setup = plannedSetup(running, engine);
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
    for (const [one, other] of this.#pairs(a, b)) await this.#link().cut(one, other, "blackhole");
  }

  /** What waited goes on: ends cuts and one-way stalls. */
  async healWan(a?: string, b?: string): Promise<void> {
    for (const [one, other] of this.#pairs(a, b)) await this.#link().heal(one, other);
  }

  /** Makes the WAN slow, unsteady or narrow, between two datacenters or all; `{}` ends that. */
  async setWan(
    { delayMs = 0, jitterMs = 0, kbitPerSecond = 0 }: WanShape,
    a?: string,
    b?: string,
  ): Promise<void> {
    const shape = { delayMs, jitterMs, kbitPerSecond };
    for (const [one, other] of this.#pairs(a, b)) await this.#link().shape(one, other, shape);
  }

  /** Nothing passes one way; the other way goes on. */
  async stallWan(from: string, to: string): Promise<void> {
    for (const name of [from, to]) this.datacenter(name);
    await this.#link().stall(from, to);
  }

  // ---- processes: nodes (a1), shippers (a-shipper), NATS servers (a-nats), the link (wan-link) -----------

  /** SIGKILL. It stays down until `restartNode`. */
  async killNode(name: string): Promise<void> {
    await this.#setup.kill([name]);
  }

  /** SIGSTOP of all of the container: it answers nothing, and its connections stay. */
  async pauseNode(name: string): Promise<void> {
    await this.#setup.pause(name);
  }

  /** Goes on after `pauseNode`. */
  async resumeNode(name: string): Promise<void> {
    await this.#setup.resume(name);
  }

  /** Starts what is down, and restarts in order what runs; resolves when it serves again. */
  async restartNode(name: string): Promise<void> {
    await this.#setup.restart(name);
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

  /**
   * Rehearses a scenario of `meridian drill` under load: what it cost, and every acknowledged write that it
   * lost (docs/drills.md). Everything runs again afterwards. NOT_FOUND names the scenarios there are.
   */
  async drill(scenario: string, options: RehearsalOptions = {}): Promise<DrillReport> {
    return await rehearse(this.#running, scenario, options);
  }

  /** Ends and removes containers, volumes and networks. */
  async stop(): Promise<void> {
    await this.#stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  // ---- within -------------------------------------------------------------------------------------------

  #pairs(a: string | undefined, b: string | undefined): [string, string][] {
    if (a !== undefined) this.datacenter(a);
    if (b !== undefined) this.datacenter(b);
    const names = this.datacenters.map(({ name }) => name);
    const pairs = names.flatMap((one, index) =>
      names.slice(index + 1).map((other): [string, string] => [one, other]),
    );
    const wanted = [a, b].filter((name) => name !== undefined);
    return pairs.filter((pair) => wanted.every((name) => pair.includes(name)));
  }

  #link(): WanAdmin {
    if (this.#wan !== undefined) return this.#wan;
    throw new MeridianError("NOT_FOUND", "one datacenter has no WAN");
  }
}

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
