/**
 * Proves, between two datacenters with real nats-servers, real shipper processes and the real node
 * side over a core in memory: changes of both sides arrive and the sides become equal, deletes and
 * conflicts included; nothing echoes; a killed NATS, a deleted JetStream folder, killed shippers,
 * moved primaries, trimmed logs and an emptied destination all heal by themselves; changes that a
 * fence holds do not leave; a datacenter that cannot be reached fills its window and stalls nobody; a
 * namespace missing there is said so.
 */
import { randomBytes } from "node:crypto";
import { connect } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  positionAskSubject,
  positionSubject,
  shipperPresenceSubject,
  shipSubject,
} from "../../proto/subjects.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { elapse, until, untilTrue } from "../process/until.ts";
import { MemoryDatacenter } from "./memory-datacenter.ts";
import { ShipperProcess } from "./shipper-process.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 50 };
const WINDOW_BYTES = 8 * 1024 * 1024;

let natsA: NatsProcess;
let natsB: NatsProcess;
let a: MemoryDatacenter;
let b: MemoryDatacenter;
/** Only takes from dc-a. */
let natsC: NatsProcess;
let c: MemoryDatacenter;
let shipperC: ShipperProcess;
let shipperA: ShipperProcess;
let shipperB: ShipperProcess;
const shippers: ShipperProcess[] = [];
let configA: Record<string, unknown>;

beforeAll(async () => {
  natsA = await NatsProcess.start();
  natsB = await NatsProcess.start();
  natsC = await NatsProcess.start();
  const shared = { logId: 11, nodes: 2 };
  a = new MemoryDatacenter({
    ...shared,
    name: "dc-a",
    sourceId: 1,
    namespaces: ["test", "gen", "only-a"],
    nats: natsA.url,
  });
  b = new MemoryDatacenter({
    ...shared,
    name: "dc-b",
    sourceId: 2,
    namespaces: ["gen", "test"],
    nats: natsB.url,
  });
  c = new MemoryDatacenter({ ...shared, name: "dc-c", sourceId: 3, namespaces: ["test"], nats: natsC.url });
  await a.start();
  await b.start();
  await c.start();
  const remoteB = { name: "dc-b", "src-id": 2, nats: natsB.url };
  configA = {
    name: "dc-a",
    "src-id": 1,
    nats: natsA.url,
    namespaces: [{ name: "test" }, { name: "gen" }, { name: "only-a" }],
    remotes: [remoteB, { name: "dc-c", "src-id": 3, nats: natsC.url }],
    shipping: { "window-bytes": WINDOW_BYTES },
  };
  const configB = {
    name: "dc-b",
    "src-id": 2,
    nats: natsB.url,
    namespaces: [{ name: "gen" }, { name: "test" }],
    remotes: [{ name: "dc-a", "src-id": 1, nats: natsA.url }],
    shipping: { "window-bytes": WINDOW_BYTES, compression: "zstd" },
  };
  const configC = {
    name: "dc-c",
    "src-id": 3,
    nats: natsC.url,
    namespaces: [{ name: "test" }],
    remotes: [{ name: "dc-a", "src-id": 1, nats: natsA.url }],
  };
  shipperA = await startShipper("a-s", configA);
  shipperB = await startShipper("b-s", configB);
  shipperC = await startShipper("c-s", configC);
}, 60_000);

afterAll(async () => {
  for (const shipper of shippers) await shipper.dispose();
  await a?.close();
  await b?.close();
  await c?.close();
  await natsA?.dispose();
  await natsB?.dispose();
  await natsC?.dispose();
});

async function startShipper(name: string, config: Record<string, unknown>): Promise<ShipperProcess> {
  const shipper = await ShipperProcess.start(name, config);
  shippers.push(shipper);
  return shipper;
}

/** Both sides hold the same records with the same bytes, but for what is only meant for one. */
function equal(): boolean {
  const left = new Map([...a.contents()].filter(([key]) => !key.startsWith("only-a/")));
  const right = b.contents();
  return left.size === right.size && [...left].every(([key, hash]) => right.get(key) === hash);
}

async function untilEqual(): Promise<void> {
  await untilTrue("both datacenters are equal", WAIT, equal);
}

async function untilLagIsZero(shipper: ShipperProcess, destination: string): Promise<void> {
  await untilTrue(`${shipper.name} has no lag to ${destination}`, WAIT, async () => {
    const ship = (await shipper.status())?.destinations[destination];
    return ship?.lagRecords === 0 && ship.inFlightBytes === 0;
  });
}

let written = 0;
/** Writes on both sides, some of them on the same keys, some of them deletes. */
function writeBothSides(count: number): void {
  for (let index = 0; index < count; index++) {
    const key = `k${written++ % 700}`;
    a.put("test", key, `a${written}`);
    if (index % 5 === 0) b.put("test", key, `b${written}`);
    if (index % 7 === 0) b.put("gen", `b-${key}`, `b${written}`);
    if (index % 11 === 0) a.delete("test", `k${(written * 7) % 700}`);
  }
}

/** Writes on while `fault` goes on. */
async function whileWriting(fault: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => writeBothSides(40), 20);
  try {
    await fault();
  } finally {
    clearInterval(timer);
  }
}

describe("two datacenters", () => {
  test("become equal under writes, conflicts and deletes of both, and the lag ends at 0", async () => {
    writeBothSides(3000);
    await untilEqual();
    expect(a.get("gen", "b-k0")).toBeDefined();
    await untilLagIsZero(shipperA, "dc-b");
    await untilLagIsZero(shipperB, "dc-a");
    const status = await shipperA.status();
    expect(status?.destinations["dc-b"]?.namespaces["test"]?.state).toBe("shipping");
    expect(status?.destinations["dc-b"]?.namespaces["test"]?.reshipped).toBe(0);
  });

  test("a namespace that the destination lacks is said so, and the others go on", async () => {
    a.put("only-a", "x", "x");
    const status = await until("the status of the namespace", WAIT, async () => {
      const ship = (await shipperA.status())?.destinations["dc-b"];
      return ship?.namespaces["only-a"]?.state === "not-at-destination" ? ship : undefined;
    });
    expect(status.namespaces["test"]?.state).toBe("shipping");
  });

  test("nothing echoes: once quiet, no message leaves any more", async () => {
    await untilLagIsZero(shipperA, "dc-b");
    await untilLagIsZero(shipperB, "dc-a");
    const before = [await shipperA.status(), await shipperB.status()];
    const entries = [a.logEntries(), b.logEntries()];
    expect(entries[0]?.remote).toBeGreaterThan(0);
    // Two full reports long.
    await untilReports(11_000);
    const after = [await shipperA.status(), await shipperB.status()];
    expect(after[0]?.destinations["dc-b"]?.messagesShipped).toBe(
      before[0]?.destinations["dc-b"]?.messagesShipped,
    );
    expect(after[1]?.destinations["dc-a"]?.messagesShipped).toBe(
      before[1]?.destinations["dc-a"]?.messagesShipped,
    );
    expect([a.logEntries(), b.logEntries()]).toEqual(entries);
    // The trim horizon covers what came by XDR, too.
    const told = [...a.shipped]
      .filter(([key]) => key.startsWith("2."))
      .reduce((sum, [, upTo]) => sum + upTo, 0);
    expect(told).toBe((entries[0]?.local ?? 0) + (entries[0]?.remote ?? 0) - 1);
  });

  test("a shipper that starts over trimmed logs of what came by XDR needs no recovery", async () => {
    b.trimAll();
    await shipperB.stop("SIGKILL");
    shipperB.run();
    b.put("gen", "after", "trim");
    await untilEqual();
    await untilLagIsZero(shipperB, "dc-a");
    const ship = (await shipperB.status())?.destinations["dc-a"];
    expect(ship?.namespaces["test"]?.state).toBe("shipping");
    expect(ship?.namespaces["test"]?.recoveries).toBe(0);
    expect(ship?.namespaces["gen"]?.recoveries).toBe(0);
  });

  test("records of 8 MiB cross, cut over several messages", async () => {
    const huge = Buffer.alloc(8 * 1024 * 1024 - 4096, 7);
    a.put("test", "huge", huge);
    b.put("gen", "huge", huge);
    await untilEqual();
    expect(b.get("test", "huge")?.equals(huge)).toBe(true);
  });

  test("survive kill -9 of the origin's NATS", async () => {
    await whileWriting(async () => {
      await untilReports(300);
      await natsA.kill();
      await untilReports(700);
      await natsA.run();
      await untilReports(300);
    });
    await untilEqual();
  });

  test("survive the deletion of the whole JetStream folder", async () => {
    await whileWriting(async () => {
      await untilReports(300);
      await natsA.kill();
      natsA.deleteFolder();
      await natsA.run();
      await a.putMap();
      await untilReports(300);
    });
    await untilEqual();
    await untilLagIsZero(shipperA, "dc-b");
  });

  test("survive kill -9 of either shipper", async () => {
    await whileWriting(async () => {
      await shipperA.stop("SIGKILL");
      await untilReports(200);
      shipperA.run();
      await untilReports(1500);
      await shipperB.stop("SIGKILL");
      await untilReports(200);
      shipperB.run();
      await untilReports(500);
    });
    await untilEqual();
  });

  test("survive primaries that move while writes go on", async () => {
    await whileWriting(async () => {
      for (let turn = 0; turn < 4; turn++) {
        await untilReports(200);
        a.movePrimaries();
        b.movePrimaries();
      }
    });
    await untilEqual();
  });

  test("two shippers share the lanes, and one takes over when the other dies", async () => {
    const second = await startShipper("a-s2", configA);
    await untilTrue("both have lanes", WAIT, async () => {
      const lanes = [await shipperA.status(), await second.status()].map(
        (status) => status?.lanes.ship ?? [],
      );
      return lanes.every((own) => own.length > 0 && own.length < 4) && lanes.flat().length === 4;
    });
    await whileWriting(async () => {
      await untilReports(300);
      await second.stop("SIGKILL");
      await untilTrue("the first has all lanes", WAIT, async () => {
        return (await shipperA.status())?.lanes.ship.length === 4;
      });
    });
    await untilEqual();
  });

  test("an emptied destination is filled again from the current records, deletes included", async () => {
    await untilLagIsZero(shipperA, "dc-b");
    a.trimAll();
    await b.wipe();
    await untilEqual();
    const status = await shipperA.status();
    expect(status?.destinations["dc-b"]?.namespaces["test"]?.recoveries).toBeGreaterThan(0);
    expect(b.get("test", "huge")).toBeDefined();
  });

  test("while its changes are held, none leaves, by the log or by a scan; lifted, all do", async () => {
    await untilLagIsZero(shipperA, "dc-b");
    a.held = true;
    a.put("test", "held/log", "1");
    b.put("test", "held/other-way", "1");
    await untilTrue("the other way goes on", WAIT, () => a.get("test", "held/other-way") !== undefined);
    // Asked from their beginnings, over logs that are gone: only a scan could tell.
    a.trimAll();
    await shipperA.stop("SIGKILL");
    shipperA.run();
    a.put("test", "held/log", "2");
    await untilTrue("the shipper to be back", WAIT, async () => {
      return (await shipperA.status())?.destinations["dc-b"]?.connected === true;
    });
    // Some rounds of every loop that could have brought it over.
    await elapse(2000);
    expect(b.get("test", "held/log")).toBeUndefined();
    a.held = false;
    await untilEqual();
    expect(b.get("test", "held/log")?.toString()).toBe(a.get("test", "held/log")?.toString());
  });

  test("a datacenter that cannot be reached fills its window, and nobody else notices", async () => {
    await untilLagIsZero(shipperA, "dc-c");
    await shipperC.stop("SIGKILL");
    const block = Buffer.alloc(64 * 1024, 1);
    for (let index = 0; index < 400; index++) a.put("test", `block${index}`, block);
    await untilEqual();
    const cut = (await shipperA.status())?.destinations["dc-c"];
    expect(cut?.inFlightBytes).toBeGreaterThan(WINDOW_BYTES / 2);
    expect(cut?.inFlightBytes).toBeLessThan(WINDOW_BYTES * 1.5);
    expect(cut?.lagRecords).toBe(400);
    const { lagMs } = await until("the silence is noticed", WAIT, async () => {
      const ship = (await shipperA.status())?.destinations["dc-c"];
      return ship?.connected === false ? ship : undefined;
    });
    expect(lagMs).toBeGreaterThan(2000);
    shipperC.run();
    await untilTrue("dc-c has every block", WAIT, () => c.get("test", "block399") !== undefined);
    await untilLagIsZero(shipperA, "dc-c");
    for (let index = 0; index < 400; index++)
      expect(c.get("test", `block${index}`)?.equals(block)).toBe(true);
  });

  test("random bytes on every subject are counted, and nobody dies of them", async () => {
    const connection = await connect({ servers: natsA.url });
    const subjects = [
      positionSubject("dc-a", "dc-b"),
      positionAskSubject("dc-a", "dc-b"),
      shipperPresenceSubject("dc-a"),
      shipSubject("dc-a", "dc-b", "test", 0),
      shipSubject("dc-a", "dc-b", "no-such", 3),
    ];
    for (let round = 0; round < 50; round++) {
      for (const subject of subjects) connection.publish(subject, randomBytes(round * 7));
    }
    await connection.drain();
    await until("both ends counted them", WAIT, async () => {
      const reports = (await shipperA.status())?.destinations["dc-b"]?.badReports ?? 0;
      const messages = (await shipperB.status())?.origins["dc-a"]?.messagesPoisoned ?? 0;
      return reports > 0 && messages >= 100 ? true : undefined;
    });
    writeBothSides(200);
    await untilEqual();
  });

  test("metrics carry the lag and the outcomes; SIGTERM ends a shipper cleanly", async () => {
    const metrics = await shipperA.metrics();
    expect(metrics).toMatch(/aerospike_xdr_lag\{dc="dc-b",ns="test"\} \d/);
    expect(metrics).toMatch(/meridian_xdr_apply_outcomes\{dc="dc-b",ns="gen",outcome="applied"\} \d/);
    expect(await shipperA.stop("SIGTERM")).toBe(0);
  });
});

/** Lets `ms` pass, in which several reports and heartbeats travel. */
async function untilReports(ms: number): Promise<void> {
  const end = performance.now() + ms;
  await untilTrue(
    "time for reports",
    { timeoutMs: ms + 10_000, intervalMs: 20 },
    () => performance.now() >= end,
  );
}
