/** The `meridian` command: collects the commands, runs one, and turns errors into exit codes. */
import { Command, CommanderError } from "commander";
import { describeFailure, EXIT, outputTaken } from "./command-line.ts";
import { addAside } from "./commands/aside.ts";
import { addChanges } from "./commands/changes.ts";
import { addConfig } from "./commands/config.ts";
import { addConflicts } from "./commands/conflicts.ts";
import { addDelete } from "./commands/delete.ts";
import { addDrill } from "./commands/drill.ts";
import { addExplain } from "./commands/explain.ts";
import { addFailover } from "./commands/failover.ts";
import { addFeeds } from "./commands/feeds.ts";
import { addFence, addUnfence } from "./commands/fence.ts";
import { addForget } from "./commands/forget.ts";
import { addGet } from "./commands/get.ts";
import { addKill } from "./commands/kill.ts";
import { addLedger } from "./commands/ledger.ts";
import { addLink } from "./commands/link.ts";
import { addLoad } from "./commands/load.ts";
import { addOrphans } from "./commands/orphans.ts";
import { addParked } from "./commands/parked.ts";
import { addPut } from "./commands/put.ts";
import { addReseed } from "./commands/reseed.ts";
import { addRestart } from "./commands/restart.ts";
import { addStart } from "./commands/start.ts";
import { addStatus } from "./commands/status.ts";
import { addStop } from "./commands/stop.ts";
import { addSwitchover } from "./commands/switchover.ts";
import { addDown, addUp } from "./commands/up.ts";
import { addVerify } from "./commands/verify.ts";
import { addXdr } from "./commands/xdr.ts";

const program = new Command("meridian")
  .description("Several datacenters of a record store, kept equal: start, inspect, verify and rehearse them.")
  .showHelpAfterError("(--help shows the options)")
  .addHelpText(
    "after",
    "\nExit codes: 0 done or equal, 1 the answer is no (different, not found, failed writes),\n" +
      "2 no answer yet (inconclusive), 3 could not be carried out.",
  )
  .exitOverride();

const adders = [
  addStart,
  addStop,
  addUp,
  addDown,
  addStatus,
  addLoad,
  addVerify,
  addLedger,
  addConflicts,
  addParked,
  addExplain,
  addGet,
  addPut,
  addDelete,
  addChanges,
  addFeeds,
  addLink,
  addKill,
  addRestart,
  addForget,
  addDrill,
  addFence,
  addUnfence,
  addFailover,
  addSwitchover,
  addOrphans,
  addReseed,
  addAside,
  addXdr,
  addConfig,
];
for (const add of adders) add(program);
// exitOverride is taken over only by commands made through .command(), which ours are.

// `meridian get … | head -1`: a reader that has seen enough is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.ok);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help was asked for, or commander has said what is wrong.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.error;
  } else {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exitCode = EXIT.error;
  }
}
await outputTaken();
// Commands have ended when they return. The official client's connections would keep the process, and
// closing them may take for ever (containers/rehearse.ts).
process.exit();
