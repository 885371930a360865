/**
 * What a seed draws for its world: sizes, times, and which faults there are and how often. Each
 * fault is in some worlds and not in others, since all of them at once hide what a few would show.
 */
import type { Random } from "../virtual-time.ts";

/** What can go wrong on purpose; each is on in about a third of the worlds. */
export const FAULTS = [
  "kill a node",
  "stop a node",
  "cut power of a node",
  "cut power of a datacenter",
  "wipe a disk",
  "restore an old disk",
  "fail a flush",
  "hang a disk",
  "slow a disk",
  "cut a link",
  "cut a link one way",
  "isolate a node",
  "swizzle links",
  "clog a node",
  "break a connection",
  "cut the WAN",
  "kill NATS",
  "cut a node from NATS",
  "roll back the bucket",
  "empty the bucket",
  "kill a shipper",
  "stop a shipper",
  "lose the bus's suffix",
  "purge the bus",
  "recreate the bus",
  "jump a clock",
  "freeze a clock",
  "restart a node in order",
  "cut a primary off from all but its clients",
  "run a clock at another rate",
  "jump a datacenter's clocks",
  "change the bus's leader",
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface WorldOptions {
  readonly datacenters: number;
  readonly nodes: number;
  readonly replicationFactor: number;
  readonly minInSync: number;
  readonly policy: "last-update-time" | "generation";
  /** Bins converge one by one. Not drawn: a world is told so, with the policy `last-update-time`. */
  readonly byBins: boolean;
  readonly shippers: number;
  readonly safetyMs: number;
  readonly clients: number;
  readonly thinkMs: number;
  readonly keys: number;
  /** Slots that the records lie in. */
  readonly slots: number;
  /** Milliseconds between writes of one record in all datacenters at once; 0: none. */
  readonly twinsEveryMs: number;
  /** Chances of a client's operation, in percent; the rest are reads. */
  readonly writes: number;
  readonly deletes: number;
  readonly compares: number;
  /** Milliseconds between faults, on average; 0: none. */
  readonly faultEveryMs: number;
  readonly faults: readonly FaultKind[];
  readonly loss: number;
  readonly jitterMs: number;
  readonly wanMs: number;
  readonly flushMs: number;
  readonly beaconMs: number;
  readonly leaseMs: number;
  readonly deadAfterMs: number;
  readonly fillDelayMs: number;
  readonly keepBytes: number;
  readonly logBytes: number;
  readonly windowBytes: number;
  /** Wall clocks are off by up to this much, each by its own. */
  readonly skewMs: number;
  /** Half of all writes expire within so many seconds; 0: none does. */
  readonly ttlSeconds: number;
  /** Monotonic clocks run this much faster or slower at most. */
  readonly drift: number;
  readonly coreLoss: number;
  readonly lostReply: number;
  readonly staleLeader: number;
  readonly staleRead: number;
  readonly falseAck: number;
  readonly streamLoss: number;
  readonly repeat: number;
  readonly reorder: number;
  readonly damage: number;
  /** Milliseconds from the start until a datacenter is declared lost; 0: none is. */
  readonly failoverMs: number;
}

export function drawOptions(random: Random): WorldOptions {
  const sometimes = (chance: number, value: () => number): number => (random.chance(chance) ? value() : 0);
  const nodes = random.chance(0.8) ? 3 : 1 + random.int(4);
  const replicationFactor = Math.min(nodes, random.chance(0.7) ? 2 : 1 + random.int(3));
  const calm = random.chance(0.08);
  const leaseMs = [400, 500, 700][random.int(3)] ?? 500;
  const faults = FAULTS.filter(() => random.chance(0.3));
  return {
    datacenters: random.chance(0.8) ? 2 : 1 + random.int(4),
    nodes,
    replicationFactor,
    minInSync: Math.min(replicationFactor, random.chance(0.8) ? 1 : 2),
    byBins: false,
    policy: random.chance(0.6) ? "last-update-time" : "generation",
    shippers: random.chance(0.8) ? 1 : 2,
    safetyMs: 500 + random.int(1300),
    clients: 1 + random.int(2),
    thinkMs: 25 + random.int(100),
    keys: 1 + random.int(6),
    slots: [1, 2, 4][random.int(3)] ?? 4,
    twinsEveryMs: sometimes(0.3, () => 60 + random.int(240)),
    writes: 20 + random.int(40),
    deletes: random.chance(0.6) ? random.int(20) : 0,
    compares: random.chance(0.6) ? random.int(25) : 0,
    faultEveryMs: calm ? 0 : ([100, 300, 900][random.int(3)] ?? 300) * (1 + random.next()),
    faults: calm ? [] : faults,
    loss: sometimes(0.3, () => random.next() * 0.03),
    jitterMs: sometimes(0.4, () => random.next() * 20),
    wanMs: [2, 10, 40][random.int(3)] ?? 10,
    flushMs: [0.5, 2, 8][random.int(3)] ?? 2,
    beaconMs: Math.round(leaseMs * ([0.25, 0.33, 0.42][random.int(3)] ?? 0.33)),
    leaseMs,
    deadAfterMs: leaseMs + ([50, 200, 600][random.int(3)] ?? 200),
    fillDelayMs: random.chance(0.5) ? 1000 : 15_000,
    keepBytes: random.chance(0.7) ? 1500 + random.int(6000) : 1_000_000,
    logBytes: random.chance(0.4) ? 3000 + random.int(6000) : 4_000_000,
    windowBytes: random.chance(0.3) ? 2000 + random.int(4000) : 4_000_000,
    skewMs: sometimes(0.5, () => [5, 1000, 60_000, 3_600_000][random.int(4)] ?? 5),
    drift: sometimes(0.3, () => 0.02),
    coreLoss: sometimes(0.4, () => random.next() * 0.2),
    lostReply: sometimes(0.3, () => random.next() * 0.1),
    staleLeader: sometimes(0.2, () => random.next() * 0.3),
    staleRead: sometimes(0.4, () => random.next() * 0.5),
    falseAck: sometimes(0.3, () => random.next() * 0.1),
    streamLoss: sometimes(0.3, () => random.next() * 0.1),
    repeat: sometimes(0.3, () => random.next() * 0.2),
    reorder: sometimes(0.3, () => random.next() * 0.2),
    damage: sometimes(0.2, () => random.next() * 0.05),
    ttlSeconds: sometimes(0.25, () => 1 + random.int(3)),
    failoverMs: sometimes(0.15, () => 100 + random.int(500)),
  };
}

/** The option block that is printed with a seed. */
export function describeOptions(options: WorldOptions): string {
  const { faults, ...rest } = options;
  const numbers = Object.entries(rest).map(([name, value]) => {
    const text = typeof value === "number" && !Number.isInteger(value) ? value.toFixed(3) : String(value);
    return `${name} ${text}`;
  });
  return `${numbers.join(", ")}; faults: ${faults.length === 0 ? "none" : faults.join(", ")}`;
}
