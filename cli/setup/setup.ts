/**
 * A set-up as commands see it: datacenters whose processes answer on ports of this machine, what state
 * they are in, and the WAN between them. Commands know no more, so they work alike on processes that a
 * supervisor started and on containers.
 *
 * Must guarantee: nothing is killed or restarted but what belongs to the set-up.
 */
import type { AdminDatacenter, AdminPort } from "./layout.ts";
import type { ProcessKind, ProcessState } from "./managed-process.ts";
import type { CutMode, WanPairView } from "./wan-admin.ts";

/** A datacenter that clients on this machine connect to, too. */
export interface ClientDatacenter extends AdminDatacenter {
  readonly nodes: readonly (AdminPort & { readonly servicePort: number })[];
  /** Clients on this machine must ask for alternate addresses: the others are known inside only. */
  readonly alternateAddresses?: boolean;
}

export interface SetupDatacenter extends ClientDatacenter {
  readonly sourceId: number;
  readonly shippers: readonly AdminPort[];
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
  readonly datacenters: readonly SetupDatacenter[];
  status(): Promise<SetupStatus>;
  /** SIGKILL; resolves when the process is gone, and it stays so. NOT_FOUND when it does not run. */
  kill(name: string): Promise<Acted>;
  /** Starts a process, after stopping it in order if it runs; resolves when it is ready. */
  restart(name: string): Promise<Acted>;
  links(): Promise<WanPairView[]>;
  /** Both ways. */
  cutLink(a: string, b: string, mode: CutMode): Promise<WanPairView[]>;
  healLink(a: string, b: string): Promise<WanPairView[]>;
}
