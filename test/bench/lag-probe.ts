/**
 * Measures the lag from a commit in one datacenter to its durable apply in another, from outside: puts
 * a probe through the official client, then gets it from the other datacenter until it is there. A
 * process of its own, so that the load generator does not delay it. Prints the lags in
 * milliseconds.
 *
 *   node test/bench/lag-probe.ts ORIGIN_HOSTS DESTINATION_HOSTS SECONDS
 */
import Aerospike from "aerospike";
import { connect } from "./aerospike-load.ts";
import { printLags } from "./lags.ts";

/** A probe not seen for so long is counted as that. */
const GIVE_UP_MS = 30_000;
const BETWEEN_PROBES_MS = 10;

const [originHosts = "", destinationHosts = "", seconds = "0"] = process.argv.slice(2);
const origin = await connect(originHosts);
const destination = await connect(destinationHosts);
const key = { ns: "test", set: "lag", key: "probe" };
const lags: number[] = [];
const endsAt = performance.now() + Number(seconds) * 1000;
for (let turn = 1; performance.now() < endsAt; turn++) {
  await origin.put(key, { turn });
  const committed = performance.now();
  while (performance.now() - committed < GIVE_UP_MS && (await seenTurn()) < turn) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  lags.push(performance.now() - committed);
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_PROBES_MS));
}
printLags(lags);
// Its clients are open.
process.exit();

/** The probe's turn as the destination has it, 0 when it has none. */
async function seenTurn(): Promise<number> {
  try {
    const record = await destination.get(key);
    return Number(record.bins["turn"] ?? 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === Aerospike.status.ERR_RECORD_NOT_FOUND)
      return 0;
    throw error;
  }
}
