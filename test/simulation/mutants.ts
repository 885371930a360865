/**
 * The product with one thing broken, each for a checker that must notice. A mutant is a replaced
 * line of the real source, put in while the simulation's process loads it; a line that is not there
 * any more fails the run, so a mutant cannot go stale in silence.
 */
import type { Patch } from "./world/loader.ts";
import type { WorldOptions } from "./world/options.ts";

export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** Any of these checkers counts. */
  readonly caughtBy: readonly string[];
  /** Seeds within which one must have, from 1 on unless said otherwise. */
  readonly seeds: number;
  readonly from?: number;
  /** What its worlds are made to be like, where a drawn one would seldom show it. */
  readonly options?: Partial<WorldOptions>;
}

/** One datacenter whose nodes are cut off from each other all the time, and clients that see it. */
const SPLIT: Partial<WorldOptions> = {
  datacenters: 1,
  nodes: 3,
  replicationFactor: 2,
  minInSync: 1,
  keys: 2,
  slots: 1,
  clients: 4,
  thinkMs: 8,
  writes: 40,
  deletes: 0,
  compares: 0,
  leaseMs: 300,
  deadAfterMs: 350,
  safetyMs: 6000,
  faults: ["isolate a node", "stop a node"],
  faultEveryMs: 1200,
};

/** Two datacenters, one of which is lost, declared lost, and let in. */
const LOST: Partial<WorldOptions> = {
  datacenters: 2,
  failoverMs: 200,
  clients: 2,
  thinkMs: 20,
  writes: 60,
  faults: [],
  faultEveryMs: 0,
  safetyMs: 1500,
};

export const MUTANTS: readonly Mutant[] = [
  {
    name: "acknowledges before the flush",
    patches: [
      {
        file: "node/replica/group-commit.ts",
        find: "this.#storage.write(joined(group), true);",
        put: "this.#storage.write(joined(group), false);",
      },
    ],
    caughtBy: ["DUR"],
    seeds: 20,
    options: { faults: ["cut power of a node", "cut power of a datacenter"], faultEveryMs: 400 },
  },
  {
    // The commit point of a new primary is 0 until its tail is committed again.
    name: "truncates to the commit point",
    patches: [
      {
        file: "node/partition/partition.ts",
        find: "const common = commonPrefix(this, log);",
        put: "const common = Math.min(commonPrefix(this, log), this.committed);",
      },
      {
        file: "node/partition/partition.ts",
        find: "if (peer.required) this.#effects.requestOutOfSync(this, from);\n      else ",
        put: "",
      },
      {
        file: "node/partition/partition.ts",
        find: '} else if (this.role !== "learner") {',
        put: '} else if (this.role === "none") {',
      },
    ],
    // The peer asks for records that this primary can never call committed, or loses what it has.
    caughtBy: ["DUR", "LOG", "LIN", "CONV", "LIVE"],
    seeds: 30,
  },
  {
    name: "truncates by sequence, not by epoch",
    patches: [
      {
        file: "node/partition/partition.ts",
        find: "const common = commonPrefix(this, log);",
        put: "const common = Math.min(this.last, log.last);",
      },
    ],
    caughtBy: ["DUR", "LOG", "LIN", "CONV", "ASSERT"],
    seeds: 100,
    options: { ...SPLIT, replicationFactor: 3, faults: ["isolate a node", "kill a node"], faultEveryMs: 500 },
  },
  {
    name: "takes entries of any epoch",
    patches: [
      {
        file: "node/partition/partition.ts",
        find: 'follows = this.phase === "following" && epoch === this.epoch && from === this.primary;',
        put: 'follows = this.role !== "primary" && this.phase === "following";',
      },
    ],
    caughtBy: ["DUR", "LOG", "LIN", "ASSERT"],
    seeds: 60,
    options: { ...SPLIT, replicationFactor: 3 },
  },
  {
    name: "keeps leases by the wall clock",
    patches: [
      {
        file: "common/clock.ts",
        find: "monotonicMs: () => performance.now(),",
        put: "monotonicMs: () => Date.now(),",
      },
      // Failovers are what shows it: no patience with a node that comes and goes.
      {
        file: "node/controller/member-history.ts",
        find: "const DOUBLINGS_MAX = 3;",
        put: "const DOUBLINGS_MAX = 0;",
      },
    ],
    // A clock that stands still keeps a lease for ever, and clients of who has been cut off see it.
    caughtBy: ["LIN", "FRESH"],
    seeds: 60,
    options: {
      ...SPLIT,
      faults: ["cut a primary off from all but its clients", "run a clock at another rate"],
      faultEveryMs: 700,
    },
  },
  {
    name: "answers without a lease",
    patches: [
      {
        file: "node/replica/primary.ts",
        find: "if (required.length === 0) return true;",
        put: "if (required.length >= 0) return true;",
      },
    ],
    caughtBy: ["FRESH", "LIN", "DUR"],
    seeds: 200,
    options: SPLIT,
  },
  {
    name: "acknowledges with too few in sync",
    patches: [
      {
        file: "node/replica/primary.ts",
        find: 'this.#answered(command, this.enoughInSync(replica) ? applied : { kind: "in-doubt" })',
        put: "this.#answered(command, applied)",
      },
    ],
    caughtBy: ["DUR"],
    seeds: 40,
    options: { minInSync: 2, nodes: 3, replicationFactor: 2, faults: ["hang a disk", "isolate a node"] },
  },
  {
    name: "compares without a tie-break",
    patches: [
      {
        file: "common/version/order.ts",
        find: 'if (policy === "last-update-time") {',
        put: 'if (a.lut === b.lut && a.generation === b.generation) return 0;\n  if (policy === "last-update-time") {',
      },
    ],
    caughtBy: ["CONV", "LIVE", "CUR"],
    seeds: 10,
    options: { twinsEveryMs: 30, skewMs: 0, keys: 1, faults: [], datacenters: 2, clients: 0 },
  },
  {
    name: "compares with a wrap-around",
    patches: [
      {
        file: "common/version/order.ts",
        find: "return a < b ? -1 : a > b ? 1 : 0;",
        put: "return Number(BigInt.asIntN(38, a - b));",
      },
    ],
    caughtBy: ["CONV", "CUR", "LIN", "TOMB"],
    seeds: 40,
    options: { skewMs: 3_600_000, policy: "last-update-time" },
  },
  {
    name: "drops tombstones by age",
    patches: [
      {
        file: "node/replica/expiry.ts",
        find: "if (due && this.#options.storage.counts(replica.slot).records > 0) await this.#tryScan(replica, now);",
        put: "if (replica.partition.serving) await this.#tryScan(replica, now);",
      },
      {
        file: "node/replica/expiry.ts",
        find: "if (image.tombstone || voidTime === 0) continue;",
        put: `if (image.tombstone && replica.latest(recordKey(row.digest)) === undefined) {
            const draft = { kind: EntryKind.remove, operation: Operation.expire, digest: row.digest };
            this.#options.primary.propose(replica, draft, () => undefined, () => undefined);
          }
          if (image.tombstone || image.voidTime === 0) continue;`,
      },
    ],
    caughtBy: ["TOMB", "LIN", "CUR"],
    seeds: 20,
    options: { deletes: 25 },
  },
  {
    name: "moves the cursor on the publish acknowledgement",
    patches: [
      {
        file: "xdr-shipper/ship/core/sending.ts",
        find: "    slot.base = to;\n",
        put: `    slot.base = to;
    slot.reported = to;
    slot.reportedLogId = ship.logIds[slot.namespace] ?? 0;
    ship.say(slot);
`,
      },
    ],
    caughtBy: ["CUR", "LIVE", "CONV"],
    seeds: 40,
    options: { keepBytes: 1500, streamLoss: 0.1 },
  },
  {
    name: "ignores a gap",
    patches: [
      {
        file: "node/replica/remote-writes.ts",
        find: "if (run.from > applied + 1 || (position !== undefined && !sameLog && run.from !== 1)) {",
        put: "if (position !== undefined && !sameLog && run.from !== 1) {",
      },
    ],
    caughtBy: ["CUR", "CONV", "LIVE"],
    seeds: 20,
    options: { streamLoss: 0.1, keys: 5, slots: 1 },
  },
  {
    name: "believes a stale read of the KV",
    patches: [
      {
        file: "node/controller/map-holder.ts",
        find: "if (map.version <= this.version ||",
        put: "if (map.version === this.version ||",
      },
      {
        file: "node/replica/map-keeper.ts",
        find: "if (map.version <= (this.#next?.version ?? this.#keptVersion)) return;",
        put: "if (map.version === (this.#next?.version ?? this.#keptVersion)) return;",
      },
    ],
    caughtBy: ["ASSERT", "ONE", "DUR", "LIN"],
    seeds: 60,
    options: { faults: ["roll back the bucket", "kill a node", "kill NATS"], faultEveryMs: 200 },
  },
  {
    name: "writes the applied position apart from the data",
    patches: [
      {
        file: "node/replica/remote-writes.ts",
        find: "const merged = this.#mergeEntry(arrival, entry);",
        put: `setTimeout(() => {
        if (replica.partition.serving) this.#mergeEntry(arrival, entry);
      }, 3);
      const merged: Merged = "unchanged";`,
      },
    ],
    caughtBy: ["CUR"],
    seeds: 10,
  },
  {
    name: "counts nothing of what needs no entry",
    patches: [
      { file: "node/replica/remote-writes.ts", find: "tally?.end(outcome, arrival.forwarded);", put: "" },
    ],
    caughtBy: ["LEDG"],
    seeds: 20,
  },
  {
    name: "counts nothing of what a scan covers",
    patches: [{ file: "node/replica/remote-writes.ts", find: "tally.recoverTo(chunk.changes);", put: "" }],
    caughtBy: ["LEDG"],
    seeds: 40,
    options: { keepBytes: 1500 },
  },
  {
    name: "numbers its changes anew after a failover",
    patches: [
      {
        file: "node/replica/replica-set.ts",
        find: "replica.changes = this.#options.storage.changes(partition.slot);",
        put: "replica.changes = 0;",
      },
    ],
    caughtBy: ["LEDG"],
    seeds: 20,
  },
  {
    name: "ships what is not committed",
    patches: [
      {
        file: "node/replica/replica-set.ts",
        find: "return this.#replicas[slot]?.partition.committed ?? 0;",
        put: "return this.#replicas[slot]?.partition.last ?? 0;",
      },
    ],
    caughtBy: ["CUR", "DUR", "LOG"],
    seeds: 20,
  },
  {
    name: "tells a gap's position before it is durable",
    patches: [
      {
        file: "node/replica/remote-writes.ts",
        find: "const settled = replica.settled.get(originId);",
        put: "const settled = replica.positions.get(originId);",
      },
    ],
    caughtBy: ["CUR"],
    seeds: 200,
    options: { keepBytes: 1500, streamLoss: 0.1, faults: ["slow a disk", "hang a disk"], faultEveryMs: 150 },
  },
  {
    name: "gives idle nodes' credit to nobody",
    patches: [
      {
        file: "xdr-shipper/ship/ship.ts",
        find: "granted += Math.min(share, Math.max(0, other.credit));",
        put: "granted += Math.max(0, other.credit);",
      },
    ],
    caughtBy: ["LIVE"],
    seeds: 20,
    from: 315,
    options: { nodes: 4, slots: 4, keys: 6, windowBytes: 4_000_000, safetyMs: 1000, datacenters: 2 },
  },
  {
    name: "takes the answers of another member",
    patches: [
      {
        file: "node/fabric-server.ts",
        find: 'hello.recipient !== "" && hello.recipient !== self',
        put: 'hello.recipient === "nobody"',
      },
    ],
    caughtBy: ["LIVE"],
    seeds: 20,
    options: {
      nodes: 3,
      replicationFactor: 2,
      deadAfterMs: 1500,
      faults: ["wipe a disk"],
      faultEveryMs: 1000,
    },
  },
  {
    name: "ignores the shut-out",
    patches: [
      {
        file: "node/replica/replica-set.ts",
        find: "if (this.#shutOut.has(originId)) {",
        put: "if (this.#shutOut.has(-1)) {",
      },
    ],
    caughtBy: ["SHUT"],
    seeds: 20,
    options: LOST,
  },
  {
    name: "vouches for a shut-out with changes under way",
    patches: [
      {
        file: "node/replica/replica-set.ts",
        find: "partition.committed < shutOutAt,",
        put: "partition.committed < 0 * shutOutAt,",
      },
    ],
    caughtBy: ["SHUT"],
    seeds: 150,
    options: { ...LOST, flushMs: 30, wanMs: 2, thinkMs: 8 },
  },
  {
    name: "does not tell who was declared lost",
    patches: [
      {
        file: "xdr-shipper/apply/reporter.ts",
        find: "shutOutId: shutOut?.id ?? 0,",
        put: "shutOutId: 0,",
      },
    ],
    // It goes on serving, for ever.
    caughtBy: ["LIVE"],
    seeds: 5,
    options: LOST,
  },
  {
    name: "closes again by a declaration that is over",
    patches: [
      {
        file: "xdr-shipper/own-fence.ts",
        find: "return ![map.fence, ordered].some((one) => one?.admitted?.includes(id));",
        put: "return true;",
      },
    ],
    caughtBy: ["LIVE"],
    seeds: 10,
    options: LOST,
  },
];
