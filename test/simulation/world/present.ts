/**
 * The world that is being simulated in this process, one at a time: where the replaced built-ins and
 * modules find time, chance and network.
 */
import type { Host, Scheduler } from "./host.ts";
import type { Network } from "./network.ts";
import type { NatsServer } from "./nats-server.ts";
import type { Disk } from "./disk.ts";
import type { LoggedStorage } from "../../../node/store/block-storage.ts";
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";

export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly network: Network;
  /** By address. */
  readonly natsServers: ReadonlyMap<string, NatsServer>;
  /** By folder. */
  readonly disks: ReadonlyMap<string, Disk>;
  /** A node has opened its storage, or has made its replicas. */
  readonly onStorage: (folder: string, storage: LoggedStorage) => Promise<void>;
  readonly onReplicas: (host: Host, replicas: ReplicaSet) => void;
  /** Something that a suite must see now and then. */
  readonly count: (what: string) => void;
  readonly trace: ((host: string, text: string) => void) | undefined;
}

let present: Surroundings | undefined;

export function world(): Surroundings {
  if (present === undefined) throw new Error("no world is being simulated");
  return present;
}

export function setWorld(surroundings: Surroundings): void {
  present = surroundings;
}
