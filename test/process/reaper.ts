/**
 * A process that outlives its test only to clean up behind it: when its standard input ends, which
 * also happens when the test runner is killed, it ends every process whose command line names the
 * folder it was given, unmounts what is mounted there, takes down its hosts, and removes the folder.
 */
import { rmSync } from "node:fs";
import { removeHosts } from "./hosts.ts";
import { unmountBelow } from "./mounts.ts";
import { pidsNaming, signal } from "./process-table.ts";
import { untilTrue } from "./until.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: reaper.ts FOLDER");

process.stdin.resume();
process.stdin.on("end", () => {
  void clean(folder);
});

async function clean(named: string): Promise<void> {
  await untilTrue(`processes of ${named} to end`, { timeoutMs: 20_000 }, () => {
    const pids = pidsNaming(named);
    for (const pid of pids) signal(pid, "SIGKILL");
    return pids.length === 0;
  });
  unmountBelow(named);
  removeHosts(named);
  rmSync(named, { recursive: true, force: true });
}
