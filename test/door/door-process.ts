/**
 * A door with its records in a process of its own: the official client connects synchronously, so
 * it cannot share an event loop with the server. Talks to the test by IPC: see door-client.ts.
 */
import { memberAt, mapOf, newNodeId, openDoor } from "./door-set-up.ts";

/** What a test may tell the process. */
export interface DoorOrder {
  readonly faults?: { refuse?: string; inDoubt?: boolean; hold?: boolean };
  readonly release?: boolean;
  readonly ahead?: number;
  /** Opens a second door that has the odd partitions; the first proxies to it. */
  readonly split?: boolean;
  /** The link between the two doors loses what is sent. */
  readonly cutLink?: boolean;
}

export interface DoorReport {
  readonly port: number;
  readonly evaluations: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly secondCounters: Readonly<Record<string, number>>;
}

const first = await openDoor({ stallMs: 2000 });
let second: Awaited<ReturnType<typeof openDoor>> | undefined;
let linkCut = false;

async function split(): Promise<void> {
  const other = await openDoor();
  second = other;
  // Clients are told only of the first node, so half of what they ask must go through it.
  const foreign = newNodeId();
  first.records.faults.remote = (slot) => (slot % 2 === 1 ? other.id : undefined);
  first.records.faults.proxy = (message, done) => {
    if (linkCut) done(undefined);
    else other.door.handleProxied(Buffer.from(message), (reply) => setImmediate(() => done(reply)));
  };
  first.map = mapOf(
    [memberAt(first.id, first.door.port), { ...memberAt(foreign, 1), state: "down" }],
    2,
    () => first.id,
  );
}

async function obey(order: DoorOrder): Promise<void> {
  Object.assign(first.records.faults, order.faults);
  if (order.release === true) first.records.release();
  if (order.ahead !== undefined) first.records.ahead = order.ahead;
  if (order.split === true) await split();
  if (order.cutLink !== undefined) linkCut = order.cutLink;
}

function report(): DoorReport {
  const counted = (test: typeof first | undefined) =>
    Object.fromEntries([
      ...(test?.door.counters.entries() ?? []),
      ...(test?.door.namespaces[0]?.counters.entries() ?? []),
    ]);
  return {
    port: first.door.port,
    evaluations: first.records.evaluations.length,
    counters: counted(first),
    secondCounters: counted(second),
  };
}

process.on("message", (order: DoorOrder) => {
  obey(order).then(
    () => process.send?.(report()),
    (error: unknown) => {
      throw error;
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.(report());
