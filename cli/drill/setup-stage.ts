/** The stage of a set-up, of processes or of containers: acts through it, and remembers what to put back. */
import { isDeepStrictEqual } from "node:util";
import type { Client } from "aerospike";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { connectDatacenter } from "../client/datacenter-client.ts";
import { declareLost, planFailover } from "../failover/failover.ts";
import { fenceOf } from "../failover/fence.ts";
import { listOrphans, type OrphanList } from "../failover/orphans.ts";
import { letIn, standingOf } from "../failover/shut-out.ts";
import { switchOver } from "../failover/switchover.ts";
import { askAdmin } from "../setup/admin-client.ts";
import { START_ORDER } from "../setup/managed-process.ts";
import type { Setup, SetupDatacenter, SetupStatus } from "../setup/setup.ts";
import type { WanShape } from "../setup/wan-admin.ts";
import type { Stage } from "./stage.ts";

/** As applications that care about failover set it. */
const CLIENT = { timeoutMs: 1000, tenderMs: 250 };
/** A planned switchover that takes longer is called off. */
const SWITCHOVER_MS = 30_000;
const UNFENCE_MS = 30_000;
const DECLARE_MS = 30_000;
/** Primaries of a datacenter that has just started may not answer yet. */
const ORPHANS_MS = 30_000;
const shiftedSchema = z.object({ offsetMs: z.number() });
const NO_SHAPE: WanShape = { delayMs: 0, jitterMs: 0, kbitPerSecond: 0 };

export class SetupStage implements Stage {
  readonly name: string;
  readonly #setup: Setup;
  readonly #clients = new Map<SetupDatacenter, Client>();
  readonly #paused = new Set<string>();
  readonly #killed = new Set<string>();
  readonly #cuts = new Map<string, readonly [string, string]>();
  readonly #shaped = new Map<string, readonly [string, string]>();
  readonly #shifted = new Set<SetupDatacenter>();
  readonly #fenced = new Set<SetupDatacenter>();

  constructor(setup: Setup) {
    this.#setup = setup;
    this.name = setup.title;
  }

  get datacenters(): readonly SetupDatacenter[] {
    return this.#setup.datacenters;
  }

  async checkWhole(): Promise<void> {
    const [{ phase, processes }, links] = await Promise.all([this.#setup.status(), this.#setup.links()]);
    const troubles = [
      ...(phase === "running" ? [] : [`it is ${phase}`]),
      ...processes.filter(({ state }) => state !== "running").map(({ name, state }) => `${name} is ${state}`),
      ...links
        .filter(({ state }) => state === "cut")
        .map(({ origin, destination }) => `the link ${origin} to ${destination} is cut`),
    ];
    if (troubles.length === 0) return;
    throw new MeridianError(
      "UNAVAILABLE",
      `a drill begins with a whole set-up, but ${troubles.join(", ")}: \`meridian status\` shows it`,
    );
  }

  async connect(datacenter: SetupDatacenter, concurrency: number): Promise<Client> {
    const known = this.#clients.get(datacenter);
    if (known !== undefined) return known;
    const client = await connectDatacenter(datacenter, concurrency, CLIENT);
    this.#clients.set(datacenter, client);
    return client;
  }

  async kill(names: readonly string[]): Promise<void> {
    await this.#known(names);
    for (const name of names) this.#killed.add(name);
    await this.#setup.kill(names);
    for (const name of names) this.#paused.delete(name);
  }

  async start(names: readonly string[]): Promise<void> {
    const { processes } = await this.#known(names);
    for (const kinds of START_ORDER) {
      const ofKind = processes.filter(({ kind, name }) => kinds.includes(kind) && names.includes(name));
      await Promise.all(
        ofKind.map(async ({ name, state }) => {
          if (state !== "running") await this.#setup.restart(name);
          this.#killed.delete(name);
        }),
      );
    }
  }

  async restart(name: string): Promise<void> {
    await this.#known([name]);
    this.#killed.add(name);
    await this.#setup.restart(name);
    this.#killed.delete(name);
  }

  async pause(names: readonly string[]): Promise<void> {
    await this.#known(names);
    for (const name of names) {
      this.#paused.add(name);
      await this.#setup.pause(name);
    }
  }

  async resume(names: readonly string[]): Promise<void> {
    await this.#known(names);
    for (const name of names) {
      if (!this.#paused.has(name)) continue;
      await this.#setup.resume(name);
      this.#paused.delete(name);
    }
  }

  async wipeBus({ name, nats }: SetupDatacenter): Promise<void> {
    await this.#known(nats);
    await this.#setup.wipeBus(name);
  }

  async cutWan(a: string, b: string): Promise<void> {
    this.#cuts.set(`${a} ${b}`, [a, b]);
    await this.#setup.cutLink(a, b, "blackhole");
  }

  async healWan(a: string, b: string): Promise<void> {
    await this.#setup.healLink(a, b);
    this.#cuts.delete(`${a} ${b}`);
  }

  async shapeWan(a: string, b: string, shape: WanShape): Promise<void> {
    this.#shaped.set(`${a} ${b}`, [a, b]);
    await this.#setup.shapeLink(a, b, shape);
    if (isDeepStrictEqual(shape, NO_SHAPE)) this.#shaped.delete(`${a} ${b}`);
  }

  async setClockOffset(datacenter: SetupDatacenter, offsetMs: number): Promise<void> {
    this.#shifted.add(datacenter);
    // Those that start from now on have it by that.
    await this.#setup.setClockOffset(datacenter.name, offsetMs);
    await Promise.all(
      datacenter.nodes.map(async ({ name, adminPort }) => {
        const url = `http://127.0.0.1:${adminPort}/shift-clock?ms=${offsetMs}`;
        await askAdmin(url, shiftedSchema, { method: "POST", token: await this.#setup.nodeToken(name) });
      }),
    );
    if (offsetMs === 0) this.#shifted.delete(datacenter);
  }

  async switchOver(
    from: SetupDatacenter,
    to: SetupDatacenter,
    onStep: (step: string) => void,
  ): Promise<{ readonly done: boolean; readonly reason: string | null }> {
    this.#fenced.add(from);
    const { done, reason } = await switchOver(from, to, { timeoutMs: SWITCHOVER_MS, onStep });
    // The new one is open, or was put back to what it was.
    if (done) this.#fenced.delete(to);
    else this.#fenced.delete(from);
    return { done, reason };
  }

  async declareLost(lost: SetupDatacenter, to: SetupDatacenter): Promise<void> {
    const plan = await planFailover(lost, to, this.#othersOf(lost), { force: false });
    this.#fenced.add(lost);
    const { done, told, untold } = await declareLost(plan, { timeoutMs: DECLARE_MS });
    if (done) return;
    const names = [
      ...told.filter(({ holds }) => !holds).map(({ datacenter }) => datacenter),
      ...untold.map(({ name }) => name),
    ];
    throw new MeridianError("UNAVAILABLE", `${lost.name} is not shut out of ${names.join(", ")}`);
  }

  async isHeld(datacenter: SetupDatacenter): Promise<boolean> {
    return (await fenceOf(datacenter)).state === "held";
  }

  listOrphans(origin: SetupDatacenter, survivor: SetupDatacenter): Promise<OrphanList> {
    return listOrphans(origin, survivor, { patienceMs: ORPHANS_MS });
  }

  async unfence(datacenter: SetupDatacenter): Promise<void> {
    const standing = await standingOf(datacenter, this.#othersOf(datacenter));
    const { holds } = await letIn(datacenter, standing, { timeoutMs: UNFENCE_MS });
    if (!holds) throw new MeridianError("UNAVAILABLE", `${datacenter.name} does not open in all partitions`);
    this.#fenced.delete(datacenter);
  }

  async restore(): Promise<string[]> {
    const done: string[] = [];
    const failed: string[] = [];
    // One that fails keeps none of the others from being tried.
    const attempt = async (what: string, act: () => Promise<void>): Promise<void> => {
      try {
        await act();
        done.push(what);
      } catch (error) {
        if (!(error instanceof MeridianError)) throw error;
        failed.push(`not so: ${what} (${error.message})`);
      }
    };
    for (const name of this.#paused) await attempt(`${name} goes on`, () => this.resume([name]));
    for (const [a, b] of this.#shaped.values()) {
      const what = `the WAN between ${a} and ${b} is as fast as before`;
      await attempt(what, () => this.shapeWan(a, b, NO_SHAPE));
    }
    for (const [a, b] of this.#cuts.values()) {
      await attempt(`the WAN between ${a} and ${b} is healed`, () => this.healWan(a, b));
    }
    if (this.#killed.size > 0) {
      const names = [...this.#killed];
      await attempt(`started: ${names.join(", ")}`, () => this.start(names));
    }
    for (const datacenter of this.#fenced) {
      await attempt(`${datacenter.name} is open again`, () => this.unfence(datacenter));
    }
    for (const datacenter of this.#shifted) {
      const what = `the clock of ${datacenter.name} is right again`;
      await attempt(what, () => this.setClockOffset(datacenter, 0));
    }
    if (failed.length > 0) throw new MeridianError("UNAVAILABLE", [...failed, ...done].join("; "));
    return done;
  }

  #othersOf(datacenter: SetupDatacenter): SetupDatacenter[] {
    return this.datacenters.filter((other) => other !== datacenter);
  }

  /** NOT_FOUND for a process that this set-up did not start. */
  async #known(names: readonly string[]): Promise<SetupStatus> {
    const status = await this.#setup.status();
    const foreign = names.find((name) => !status.processes.some((one) => one.name === name));
    if (foreign === undefined) return status;
    throw new MeridianError("NOT_FOUND", `${foreign} is no process of this set-up: it is left alone`);
  }
}
