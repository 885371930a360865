/**
 * A set-up as commands see it: datacenters whose processes answer on ports of this machine, what state
 * they are in, and the WAN between them. Commands know no more, so they work alike on processes that a
 * supervisor started and on containers.
 *
 * Must guarantee: nothing is killed, restarted or deleted but what belongs to the set-up.
 */
import type { AsideDisks } from "./aside.ts";
import type { ControlBucket, ControlLogin } from "./control-bucket.ts";
import type { AdminDatacenter, AdminPort } from "./layout.ts";
import type { ProcessKind, ProcessState } from "./managed-process.ts";
import type { CutMode, WanPairView, WanShape } from "./wan-admin.ts";

/** A datacenter whose change logs can be asked for: its changes carry its source id. */
export interface LoggedDatacenter extends AdminDatacenter {
  readonly sourceId: number;
}

/** A datacenter that clients on this machine connect to, too. */
export interface ClientDatacenter extends AdminDatacenter {
  readonly nodes: readonly (AdminPort & { readonly servicePort: number })[];
  /** Clients on this machine must ask for alternate addresses: the others are known inside only. */
  readonly alternateAddresses?: boolean;
}

/** A datacenter as its admin listeners and clients' ports show it. */
export interface ShownDatacenter extends ClientDatacenter, LoggedDatacenter {
  readonly nodes: ClientDatacenter["nodes"];
  readonly shippers: readonly AdminPort[];
}

export interface SetupDatacenter extends ShownDatacenter {
  /** Names of its nats-servers. */
  readonly nats: readonly string[];
  /** Its control bucket, with the login of its own processes; to be closed. Throws NATS_UNREACHABLE. */
  openControl(): Promise<ControlBucket>;
  /** Where its NATS is on this machine, and the login of its own processes. Throws NATS_UNREACHABLE. */
  natsLogin(): Promise<ControlLogin>;
}

export interface ProcessStatus {
  readonly name: string;
  readonly kind: ProcessKind;
  /** Null for the WAN link. */
  readonly datacenter: string | null;
  readonly state: ProcessState | "paused";
  /** Null when it does not run, or not among this machine's processes. */
  readonly pid: number | null;
  /** How it ended, when it did. */
  readonly end: string | null;
  /** Unix milliseconds of its last start or end. */
  readonly sinceMs: number;
  /** Of its log, when it is down. */
  readonly lastLines: readonly string[];
  readonly logPath?: string;
}

export interface SetupStatus {
  readonly phase: string;
  readonly startedAt: string;
  readonly processes: readonly ProcessStatus[];
}

export interface Acted {
  readonly name: string;
  readonly pid: number | null;
}

export interface Setup {
  /** Which set-up it is: a data folder of this machine, or one of our compose files. */
  readonly origin: { readonly dataFolder: string } | { readonly compose: string };
  /** The same for people, in a few words. */
  readonly title: string;
  /** Processes of it that no command of ours started: a drill leaves them alone unless it is told to. */
  readonly foreign: readonly string[];
  /** Of this machine: where what commands find out is kept. */
  readonly folder: string;
  readonly datacenters: readonly SetupDatacenter[];
  status(): Promise<SetupStatus>;
  /** SIGKILL, to all at once; resolves when they are gone for good. NOT_FOUND when one does not run. */
  kill(names: readonly string[]): Promise<readonly Acted[]>;
  /**
   * Starts a process, or all of a datacenter, after stopping in order what runs of it; resolves when it is
   * ready. `fenced`: a node or datacenter comes up closed, its changes held.
   */
  restart(name: string, fenced?: boolean): Promise<Acted>;
  /** Freezes a process: it answers nothing, and its connections stay. */
  pause(name: string): Promise<void>;
  resume(name: string): Promise<void>;
  /** Deletes the JetStream store of a datacenter's nats-servers, which must not run (else BAD_REQUEST). */
  wipeBus(datacenter: string): Promise<void>;
  /** Starts a datacenter with empty disks, fenced; where its data was moved to. */
  empty(datacenter: string): Promise<{ readonly aside: string }>;
  /** What `empty` has moved aside in a datacenter and nobody has removed, the oldest first. */
  listAside(datacenter: string): Promise<readonly AsideDisks[]>;
  /** Deletes one of these, by its name; what it was. NOT_FOUND says which there are. */
  removeAside(datacenter: string, name: string): Promise<AsideDisks>;
  /** How far the clocks of a datacenter's nodes are ahead, each from its next start on. */
  setClockOffset(datacenter: string, offsetMs: number): Promise<void>;
  /** What a node's admin listener asks of those who change something. */
  nodeToken(name: string): Promise<string>;
  links(): Promise<WanPairView[]>;
  /** Both ways. */
  cutLink(a: string, b: string, mode: CutMode): Promise<WanPairView[]>;
  healLink(a: string, b: string): Promise<WanPairView[]>;
  /** Slows the WAN between two datacenters, both ways; all 0 is as fast as the machine. */
  shapeLink(a: string, b: string, shape: WanShape): Promise<WanPairView[]>;
}
