/**
 * Proves of a datacenter whose network fails (N1, N2, N5, N7): no acknowledged write is lost, no read
 * goes back, writes to all keys flow again within a bounded time while the fault stands wherever
 * somebody can still serve them, and within seconds after it heals:
 * - a primary that the others no longer hear, though it hears them; the reverse; both;
 * - a node cut off from clients only, from NATS only, from everything at once and silently (half-open
 *   connections on all sides);
 * - links that come and go faster than the lease.
 *
 * How: three nodes and NATS, each in a network namespace of its own on one bridge; packets are dropped
 * where they arrive, so nobody is told. Each fault is checked by the number of packets dropped.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { report } from "../process/figures.ts";
import { Load } from "../process/load.ts";
import { whyLeftOut } from "../process/machine.ts";
import { NATS_HOST, NetworkedDatacenter } from "../process/networked-datacenter.ts";
import { type Key, keyOf } from "../process/official-client.ts";
import { type Primaries, primariesOf, primaryOf } from "../process/placement.ts";
import { RawClient } from "../process/raw-client.ts";
import { elapse, untilTrue } from "../process/until.ts";

/** While the fault stands: detection, lease, and a client that notices. */
const FLOW_MS_MAX = 30_000;
/** After it healed; 5 s on a quiet machine. */
const HEAL_MS_MAX = 20_000;
const FLAPS = 12;
const FLAP_MS = 250;
const VICTIM = "a1";
const OTHERS = ["a2", "a3"];

/** Patience with a machine that has other things to do. */
const SETUP_MS = 300_000;

let datacenter: NetworkedDatacenter;
let primaries: Primaries = [];
const loads: Load[] = [];
const leftOut = whyLeftOut("ip", "iptables");
const manyKeys = Array.from({ length: 50 }, (_, index) => keyOf("test", "others", `k${index}`));

interface Fault {
  readonly cut: () => void | Promise<void>;
  /** Whether a key must stay writable while the fault stands; all do by default. */
  readonly writable?: (key: Key) => boolean;
  readonly meanwhile?: () => Promise<void>;
}

/** Runs a load, makes the fault, waits for writes to flow, heals, and checks. */
async function withFault(what: string, { cut, writable, meanwhile }: Fault): Promise<void> {
  const { hosts } = datacenter;
  const set = what.replaceAll(" ", "-");
  const load = await Load.start(datacenter.clientHosts, { set, keys: 36, timeoutMs: 1000 });
  loads.push(load);
  await load.more(200);
  await cut();
  const cutMs = await load.flows(`${what}: cut`, FLOW_MS_MAX, writable);
  await meanwhile?.();
  const dropped = hosts.heal();
  const healMs = await load.flows(`${what}: healed`, HEAL_MS_MAX);
  report(what, {
    "ms until all keys are written, cut": cutMs,
    healed: healMs,
    "packets dropped": dropped,
    ...load.figures,
  });
  expect(await load.check()).toEqual([]);
  expect(dropped, "packets dropped").toBeGreaterThan(0);
}

/** A record of the victim's, written and read through another node. */
async function throughAnother(primaries: Primaries): Promise<void> {
  const [, other] = datacenter.places.nodes;
  const key = manyKeys.find((one) => primaryOf(primaries, one) === VICTIM);
  if (other === undefined || key === undefined) throw new Error("nothing to ask");
  const client = await RawClient.connect(other.servicePort, other.host);
  expect(await client.put(key, { n: 7 }, 5000)).toMatchObject({ resultCode: 0 });
  expect(await client.get(key, 5000)).toMatchObject({ resultCode: 0, bins: { n: 7 } });
  client.close();
}

// tidy: skipped-test, needs root and programs; never left out where CI=true
describe.skipIf(leftOut !== undefined)("partitions", () => {
  beforeAll(async () => {
    datacenter = await NetworkedDatacenter.start(3);
  }, SETUP_MS);
  afterEach(() => {
    datacenter?.hosts.heal();
  });
  afterAll(async () => {
    await Promise.all(loads.map((load) => load.stop()));
    await datacenter?.dispose();
  });

  /** Every partition has its copies, and the victim is primary of some again, once all is calm. */
  beforeEach(async () => {
    await datacenter.settled();
    await untilTrue(`${VICTIM} to be primary again`, { timeoutMs: 60_000, intervalMs: 200 }, async () => {
      primaries = await primariesOf(datacenter.places);
      return primaries.includes(VICTIM);
    });
    await datacenter.settled();
    primaries = await primariesOf(datacenter.places);
  });

  test("a primary that its peers no longer hear", () =>
    withFault("unheard by peers", {
      cut: () => {
        for (const other of OTHERS) datacenter.hosts.cut(VICTIM, other);
      },
    }));

  test("a primary that no longer hears its peers", () =>
    withFault("deaf to peers", {
      cut: () => {
        for (const other of OTHERS) datacenter.hosts.cut(other, VICTIM);
      },
    }));

  test("cut off from its peers both ways, but not from clients and NATS", () =>
    withFault("cut from peers", {
      cut: () => {
        for (const other of OTHERS) cutBoth(other);
      },
    }));

  test("cut off from clients, but not from its peers: the others pass its requests on", () =>
    withFault("cut from clients", {
      cut: cutClients,
      // A client that tries once goes to the primary only, and that is up.
      writable: (key) => primaryOf(primaries, key) !== VICTIM,
      meanwhile: () => throughAnother(primaries),
    }));

  test("cut off from NATS only", () =>
    withFault("cut from NATS", {
      cut: () => cutBoth(NATS_HOST),
    }));

  test("cut off from everything, silently", () =>
    withFault("half open", {
      cut: () => {
        for (const other of [...OTHERS, NATS_HOST]) cutBoth(other);
        cutClients();
      },
    }));

  test("links that come and go faster than the lease", () =>
    withFault("flapping", {
      cut: async () => {
        let dropped = 0;
        for (let flap = 1; flap <= FLAPS; flap++) {
          for (const other of OTHERS) {
            if (flap % 2 === 0) cutBoth(other);
            else datacenter.hosts.cut(other, VICTIM);
          }
          await elapse(FLAP_MS);
          // The last cut stays until all keys are written, as in the other tests.
          if (flap < FLAPS) dropped += datacenter.hosts.heal();
          await elapse(FLAP_MS);
        }
        expect(dropped).toBeGreaterThan(0);
      },
    }));
});

function cutBoth(other: string): void {
  datacenter.hosts.cut(other, VICTIM);
  datacenter.hosts.cut(VICTIM, other);
}

function cutClients(): void {
  datacenter.hosts.cut("test", VICTIM);
  datacenter.hosts.cutOut(VICTIM, "test");
}
