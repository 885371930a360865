/**
 * What a drill acts upon: datacenters with their processes and the WAN between them. A drill knows no
 * more of a set-up than this, so it runs alike on processes of this machine and on containers.
 *
 * Must guarantee: nothing is touched but what the set-up started; and `restore` puts back whatever the
 * drill changed, also after a failure in the middle.
 */
import type { Client } from "aerospike";
import type { OrphanList } from "../failover/orphans.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import type { WanShape } from "../setup/wan-admin.ts";

export interface Stage {
  /** For people: which set-up it is. */
  readonly name: string;
  readonly datacenters: readonly SetupDatacenter[];
  /** Throws UNAVAILABLE unless everything runs and no link is cut: a drill begins with a whole set-up. */
  checkWhole(): Promise<void>;
  /** The official client, as applications of the datacenter have it; the same one each time. */
  connect(datacenter: SetupDatacenter, concurrency: number): Promise<Client>;
  /** SIGKILL to processes (nodes, shippers, nats-servers by name), at once; resolves when they are gone. */
  kill(names: readonly string[]): Promise<void>;
  /** Starts what is down; resolves when it is ready. */
  start(names: readonly string[]): Promise<void>;
  /** Stops a process in order (it hands over and flushes) and starts it again; resolves when it is ready. */
  restart(name: string): Promise<void>;
  /** Freezes processes, and lets them go on. */
  pause(names: readonly string[]): Promise<void>;
  resume(names: readonly string[]): Promise<void>;
  /** Deletes the JetStream store of a datacenter's NATS, which must be down. */
  wipeBus(datacenter: SetupDatacenter): Promise<void>;
  /** Cuts the WAN both ways: nothing arrives, and nobody is told. */
  cutWan(a: string, b: string): Promise<void>;
  healWan(a: string, b: string): Promise<void>;
  shapeWan(a: string, b: string, shape: WanShape): Promise<void>;
  /** Shifts the wall clock of a datacenter's nodes; they are restarted one after the other for it. */
  setClockOffset(datacenter: SetupDatacenter, offsetMs: number): Promise<void>;
  /** Moves the writes of a datacenter to another as planned; whether it was done, and why not. */
  switchOver(
    from: SetupDatacenter,
    to: SetupDatacenter,
    onStep: (step: string) => void,
  ): Promise<{ readonly done: boolean; readonly reason: string | null }>;
  /** Starts all of a dead datacenter closed to clients and holding its changes back. */
  startFenced(datacenter: SetupDatacenter): Promise<void>;
  /** What `origin` has committed and `survivor` has not applied, by their logs and positions. */
  listOrphans(origin: SetupDatacenter, survivor: SetupDatacenter): Promise<OrphanList>;
  /** Opens a datacenter that a switchover or a fenced start has closed. */
  unfence(datacenter: SetupDatacenter): Promise<void>;
  /**
   * Undoes all that is still in force; returns what it did, in sentences. Safe to call again. Throws
   * UNAVAILABLE when it has tried everything and some of it failed.
   */
  restore(): Promise<string[]>;
}
