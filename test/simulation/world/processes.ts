/** The processes of a world: real storage nodes and shippers, each on a host of its own. */
import { pino } from "pino";
import type { DatacenterConfig } from "../../../common/config.ts";
import { errorMessage } from "../../../common/errors.ts";
import type { Logger } from "../../../common/log.ts";
import { StorageNode } from "../../../node/node.ts";
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";
import type { LoggedStorage } from "../../../node/store/block-storage.ts";
import { Shipper } from "../../../xdr-shipper/shipper.ts";
import type { Disk } from "./disk.ts";
import { Host, type Scheduler } from "./host.ts";
import { world } from "./present.ts";

const silent: Logger = pino({ level: "silent" });

/** A log that goes into the trace, if there is one. */
function logOf(host: Host): Logger {
  const { trace } = world();
  if (trace === undefined) return silent;
  const write = (line: string): void => trace(host.name, line.trimEnd());
  return pino({ level: "debug", base: null, timestamp: false }, { write });
}

function startHost(scheduler: Scheduler, host: Host): void {
  host.life++;
  host.up = true;
  host.powerless = false;
  host.bootedAtMs = scheduler.nowMs;
}

/** Ends a host: `politely`, its kernel closes what was open; else nobody is told. */
export function endHost(host: Host, politely: boolean): void {
  host.up = false;
  host.stopped = false;
  host.deferred.length = 0;
  host.powerless = !politely;
  for (const undo of [...host.onDeath]) undo(politely);
  host.onDeath.clear();
  host.life++;
}

export class NodeProcess {
  readonly host: Host;
  readonly datacenter: string;
  readonly disk: Disk;
  readonly #config: DatacenterConfig;
  readonly #scheduler: Scheduler;
  #node: StorageNode | undefined;
  replicas: ReplicaSet | undefined;
  storage: LoggedStorage | undefined;
  /** From SIGTERM to its end: what it leaves counts on nobody but the others. */
  isStopping = false;
  /** It said itself that it cannot go on. */
  onExit: (reason: string) => void = () => undefined;

  constructor(name: string, config: DatacenterConfig, disk: Disk, scheduler: Scheduler) {
    this.host = new Host(name);
    this.datacenter = config.name;
    this.disk = disk;
    this.#config = config;
    this.#scheduler = scheduler;
  }

  get up(): boolean {
    return this.host.up;
  }

  start(): void {
    if (this.host.up) return;
    startHost(this.#scheduler, this.host);
    const node = this.#config.nodes.find(({ name }) => name === this.host.name);
    if (node === undefined) throw new Error(`no node ${this.host.name}`);
    const { life } = this.host;
    const fail = (error: unknown): void => {
      if (this.host.life === life) this.onExit(errorMessage(error));
    };
    this.#scheduler.within(this.host, () => {
      const log = logOf(this.host);
      StorageNode.start({ config: this.#config, node, adminToken: "", log, onFailure: fail }).then(
        (started) => {
          this.#node = started;
        },
        fail,
      );
    });
  }

  /** SIGTERM: hands over and ends; the host is down once it is done. */
  stop(done: () => void): void {
    const node = this.#node;
    if (node === undefined) return;
    this.isStopping = true;
    this.#scheduler.within(this.host, () => {
      // Not from its own event: what is left of that must not run in a dead process.
      const ended = (): void => void this.#scheduler.after(0, undefined, done);
      node.stop().then(ended, (error: unknown) => this.onExit(errorMessage(error)));
    });
  }

  kill(): void {
    if (!this.host.up) return;
    endHost(this.host, true);
    this.disk.processDied();
    this.#forget();
  }

  powerCut(): void {
    if (!this.host.up) return;
    endHost(this.host, false);
    this.disk.powerCut();
    this.#forget();
  }

  #forget(): void {
    this.isStopping = false;
    this.#node = undefined;
    this.replicas = undefined;
    this.storage = undefined;
  }
}

export class ShipperProcess {
  readonly host: Host;
  readonly #config: DatacenterConfig;
  readonly #scheduler: Scheduler;
  shipper: Shipper | undefined;

  constructor(name: string, config: DatacenterConfig, scheduler: Scheduler) {
    this.host = new Host(name);
    this.#config = config;
    this.#scheduler = scheduler;
  }

  start(): void {
    if (this.host.up) return;
    startHost(this.#scheduler, this.host);
    this.#scheduler.within(this.host, () => {
      this.shipper = new Shipper({
        config: this.#config,
        name: this.host.name,
        roles: ["ship", "apply"],
        log: logOf(this.host),
      });
    });
  }

  kill(): void {
    if (!this.host.up) return;
    endHost(this.host, true);
    this.shipper = undefined;
  }
}
