/**
 * One soak: two datacenters of real processes under a steady load, into which a seed draws fault
 * after fault, one or two at a time. Must hold all the time, and is checked: no acknowledged write is
 * lost, no read goes back; a datacenter without a fault has successful writes in each window; soon
 * after a fault heals every key is writable. At the end: both datacenters are equal, a queue of
 * changes is shipped in time, and the share of writes in doubt is small.
 */
import { Random } from "../simulation/virtual-time.ts";
import { Deployment } from "./deployment.ts";
import { report, worst } from "./figures.ts";
import { Load } from "./load.ts";
import { forEachOf, keyOf, outcomeOf, readPatiently } from "./official-client.ts";
import { SharedWriters } from "./shared-writers.ts";
import { type Fault, FAULTS, type Heal } from "./soak-faults.ts";
import { elapse, untilTrue } from "./until.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly nodes: number;
  /** Changes that wait behind a cut WAN at the end. */
  readonly queued: number;
  /** After a fault heals, until every key is writable. */
  readonly flowMsMax: number;
  /** After the cut heals, until the lag of the queued changes is 0. */
  readonly lagMsMax: number;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  /** Everything that must not be; empty when all held. */
  readonly violations: string[];
  readonly faults: ReadonlyMap<string, number>;
  readonly inDoubtShare: number;
  /** Windows without a fault, each of which was seen to have successes. */
  readonly windows: number;
}

const SHARED_KEYS = 40;
const HOLD_MS = { least: 500, most: 6000 };
const CALM_MS = { least: 500, most: 4000 };
const TWO_FAULTS = 0.3;
const WINDOW_MS = 5000;
/** How long the test waits for what should take `flowMsMax`: late is a violation, not the end. */
const PATIENCE_MS = 60_000;
const VERIFY_SECONDS = 120;
const QUEUE_IN_FLIGHT = 128;
const DATACENTERS = ["dc-a", "dc-b"] as const;

type Name = (typeof DATACENTERS)[number];

export class SoakRun {
  readonly #options: SoakOptions;
  readonly #random: Random;
  readonly #deployment: Deployment;
  readonly #loads: Readonly<Record<Name, Load>>;
  readonly #shared: SharedWriters;
  readonly #violations: string[] = [];
  readonly #faults = new Map<string, number>();
  readonly #flowMs: number[] = [];
  /** Of each datacenter: faults that stand, and until when the last one counts. */
  readonly #troubled: Record<Name, number> = { "dc-a": 0, "dc-b": 0 };
  readonly #endedMs: Record<Name, number> = { "dc-a": 0, "dc-b": 0 };
  #windows = 0;
  #watching = true;

  private constructor(options: SoakOptions, deployment: Deployment, loads: Record<Name, Load>) {
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#deployment = deployment;
    this.#loads = loads;
    this.#shared = new SharedWriters(
      DATACENTERS.map((name) => loads[name].client),
      SHARED_KEYS,
    );
  }

  static async run(options: SoakOptions): Promise<SoakResult> {
    const deployment = await Deployment.start({ nodes: options.nodes });
    let soak: SoakRun | undefined;
    try {
      await Promise.all(DATACENTERS.map((name) => deployment.settled(name)));
      const start = (name: Name): Promise<Load> => Load.start(deployment.hosts(name), { set: `of-${name}` });
      soak = new SoakRun(options, deployment, { "dc-a": await start("dc-a"), "dc-b": await start("dc-b") });
      return await soak.#run();
    } finally {
      await soak?.stop();
      await deployment.dispose();
    }
  }

  async stop(): Promise<void> {
    this.#watching = false;
    await this.#shared.stop();
    await Promise.all(DATACENTERS.map((name) => this.#loads[name].stop()));
  }

  async #run(): Promise<SoakResult> {
    const { minutes, say } = this.#options;
    const watches = DATACENTERS.map((name) => this.#watch(name));
    const deadlineMs = performance.now() + minutes * 60_000;
    while (performance.now() < deadlineMs) await this.#episode();
    this.#watching = false;
    await Promise.all(watches);
    await this.#shared.stop();
    await Promise.all(DATACENTERS.map((name) => this.#loads[name].stop()));
    say("the last fault is over: queued changes, then the checks");
    await this.#queued();
    await this.#finalChecks();
    const share = this.#inDoubtShare();
    report("soak", {
      faults: JSON.stringify(Object.fromEntries(this.#faults)),
      "ms to flow again, worst": worst(this.#flowMs),
      "share in doubt": `${(100 * share).toFixed(2)} %`,
      "windows judged": this.#windows,
      "MB of this process": process.memoryUsage().rss / 1e6,
      "writes to shared keys": this.#shared.applied,
    });
    for (const name of DATACENTERS) report(`soak ${name}`, this.#loads[name].figures);
    const windows = this.#windows;
    return { violations: this.#violations, faults: this.#faults, inDoubtShare: share, windows };
  }

  /** One or two faults, held, healed; then every key must be writable soon. */
  async #episode(): Promise<void> {
    const random = this.#random;
    const [first, second] = random.chance(0.5) ? DATACENTERS : DATACENTERS.toReversed();
    const fault = this.#draw(() => true);
    const plan: [Fault, Name][] = [[fault, first ?? "dc-a"]];
    if (fault.wide !== true && random.chance(TWO_FAULTS)) {
      plan.push([this.#draw(({ wide }) => wide !== true), second ?? "dc-b"]);
    }
    const holdMs = random.between(HOLD_MS.least, HOLD_MS.most);
    const what = plan.map(([{ name }, where]) => `${name} in ${where}`).join(" and ");
    this.#options.say(`${what}, for ${Math.round(holdMs)} ms`);
    for (const [, where] of plan) this.#troubled[where] += 1;
    const heals: Heal[] = [];
    try {
      for (const [{ name, begin }, where] of plan) {
        const datacenter = this.#deployment.datacenter(where);
        heals.push(await begin({ deployment: this.#deployment, datacenter, random }));
        this.#faults.set(name, (this.#faults.get(name) ?? 0) + 1);
      }
      await elapse(holdMs);
    } finally {
      await Promise.all(heals.map((heal) => heal()));
    }
    const flows = await Promise.all(DATACENTERS.map((name) => this.#flows(name, what)));
    this.#options.say(
      `  all keys written ${flows.map((ms) => Math.round(ms)).join(" and ")} ms after it healed`,
    );
    for (const [, where] of plan) {
      this.#troubled[where] -= 1;
      this.#endedMs[where] = performance.now();
    }
    await elapse(random.between(CALM_MS.least, CALM_MS.most));
  }

  #draw(fits: (fault: Fault) => boolean): Fault {
    const faults = FAULTS.filter(fits);
    let left = this.#random.next() * faults.reduce((sum, { weight }) => sum + weight, 0);
    for (const fault of faults) {
      left -= fault.weight;
      if (left < 0) return fault;
    }
    throw new Error("no fault to draw from");
  }

  async #flows(name: Name, what: string): Promise<number> {
    const ms = await this.#loads[name].flows(`${name} after ${what}`, PATIENCE_MS);
    this.#flowMs.push(ms);
    if (ms > this.#options.flowMsMax) {
      this.#violate(`${name}: all keys were written again only ${Math.round(ms)} ms after ${what} healed`);
    }
    return ms;
  }

  /** A window without a fault and without a success is no pass: it is an outage nobody made. */
  async #watch(name: Name): Promise<void> {
    const { counts } = this.#loads[name].registers;
    while (this.#watching) {
      const from = counts.applied;
      const fromMs = performance.now();
      const calm = (): boolean => this.#troubled[name] === 0 && this.#endedMs[name] <= fromMs;
      let disturbed = !calm();
      while (this.#watching && performance.now() - fromMs < WINDOW_MS) {
        await elapse(100);
        disturbed ||= !calm();
      }
      if (!this.#watching || disturbed) continue;
      this.#windows += 1;
      if (counts.applied > from) continue;
      this.#violate(`${name}: no write succeeded in ${WINDOW_MS} ms without a fault`);
    }
  }

  /** Changes that wait behind a cut WAN are shipped soon after it heals. */
  async #queued(): Promise<void> {
    const { queued, lagMsMax } = this.#options;
    const setup = await this.#deployment.running();
    await setup.cutLink("dc-a", "dc-b", "blackhole");
    const { client } = this.#loads["dc-a"];
    await forEachOf(queued, QUEUE_IN_FLIGHT, async (number) => {
      const key = keyOf("test", "queued", `k${number}`);
      await untilTrue(`a write of ${key.key}`, { timeoutMs: PATIENCE_MS }, async () => {
        return (await outcomeOf(client.put(key, { number }))).kind === "applied";
      });
    });
    const lag = async (): Promise<number | null> => {
      const { ships } = await this.#deployment.overview();
      const ship = ships.find(({ from, to }) => from === "dc-a" && to === "dc-b");
      return ship?.link === "up" && ship.connected ? ship.lagRecords : null;
    };
    await setup.healLink("dc-a", "dc-b");
    const healedMs = performance.now();
    let most = 0;
    await untilTrue("no lag", { timeoutMs: lagMsMax + 3 * PATIENCE_MS, intervalMs: 100 }, async () => {
      const now = await lag();
      most = Math.max(most, now ?? 0);
      return now === 0 && (await this.#isThere(queued - 1));
    });
    const ms = performance.now() - healedMs;
    report("queued changes", { changes: queued, "most lag seen": most, "ms to no lag": ms });
    if (ms > lagMsMax) this.#violate(`${queued} queued changes took ${Math.round(ms)} ms to be shipped`);
  }

  async #isThere(number: number): Promise<boolean> {
    const found = await readPatiently(this.#loads["dc-b"].client, keyOf("test", "queued", `k${number}`));
    return found?.["number"] === number;
  }

  async #finalChecks(): Promise<void> {
    const verified = await this.#deployment.verify(VERIFY_SECONDS);
    if (verified.verdict !== "equal") this.#violate(`the datacenters are ${JSON.stringify(verified)}`);
    for (const [name, other] of [DATACENTERS, DATACENTERS.toReversed()]) {
      if (name === undefined || other === undefined) throw new Error("two datacenters");
      const load = this.#loads[name];
      for (const violation of await load.check()) this.#violate(`${name}: ${violation}`);
      for (const { key, acknowledged } of load.registers.registers) {
        const value = Number((await readPatiently(this.#loads[other].client, key))?.["n"] ?? 0);
        if (value < acknowledged)
          this.#violate(`${key.key} of ${name} is ${value} in ${other}, not ${acknowledged}`);
      }
    }
  }

  #inDoubtShare(): number {
    const counts = DATACENTERS.map((name) => this.#loads[name].registers.counts);
    const inDoubt = counts.reduce((sum, one) => sum + one.inDoubt, 0);
    const all = counts.reduce((sum, one) => sum + one.applied + one.refused + one.inDoubt, 0);
    return inDoubt / all;
  }

  #violate(what: string): void {
    this.#options.say(`VIOLATION: ${what}`);
    this.#violations.push(what);
  }
}
