/**
 * Proves, for a short while, what `npm run soak` proves for a long one: under random faults, one or
 * two at a time, nothing acknowledged is lost, no read goes back, both datacenters end up equal, few
 * writes are in doubt, writes flow again soon after each fault, and what was queued is shipped in time.
 */
import { expect, test } from "vitest";
import { slowness } from "../process/machine.ts";
import { SoakRun } from "../process/soak-run.ts";

const MINUTES = 1.5;
const QUEUED = 100_000;
/**
 * Promised are 5 s, which `npm run soak` holds to on a machine of its own. This one is shared: as much
 * again and half more, times what it is slower without the soak's own load, is a fault of the product and not
 * of the neighbours; the worst is printed.
 */
const FLOW_MS_MAX = 12_500;
const seed = Number(process.env["TEST_SEED"]);

test("a short soak", { timeout: 900_000 }, async () => {
  process.stdout.write(`soak seed ${seed} (\`npm run soak -- --seed ${seed}\` makes the same faults)\n`);
  const { violations, faults, inDoubtShare, windows } = await SoakRun.run({
    seed,
    minutes: MINUTES,
    nodes: 3,
    queued: QUEUED,
    flowMsMax: FLOW_MS_MAX * slowness(),
    lagMsMax: 30_000,
    say: (line) => process.stdout.write(`soak: ${line}\n`),
  });
  expect(violations).toEqual([]);
  expect(inDoubtShare).toBeLessThan(0.05);
  // A soak without faults proves nothing, nor one that never saw a datacenter without.
  expect(windows).toBeGreaterThan(0);
  expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3);
});
