/** `meridian stop`: ends a set-up that runs, or what is left of one whose supervisor was killed. */
import type { Command } from "commander";
import { MeridianError } from "../../common/errors.ts";
import {
  type CommonOptions,
  printJson,
  printLine,
  withCommonOptions,
  withExamples,
} from "../command-line.ts";
import { endLeftovers } from "../setup/leftovers.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";
import { readSupervisor, removeSupervisor } from "../setup/setup-files.ts";
import { waitUntil } from "../setup/wait.ts";

const STOP_TIMEOUT_MS = 120_000;
const LEFTOVER_GRACE_MS = 15_000;

export function addStop(program: Command): void {
  const command = program.command("stop").description("stop all processes of the set-up; the data stays");
  withCommonOptions(command);
  withExamples(command, [["stop", "stops the set-up of the project's own data folder"]]);
  command.action(async (options: CommonOptions) => {
    const dataFolder = dataFolderOf(options.data);
    const stopped = await stop(dataFolder);
    if (options.json) printJson({ dataFolder, stopped });
    else printLine(stopped.length === 0 ? "stopped" : `stopped what was left: ${stopped.join(", ")}`);
  });
}

/** Names of processes that ran on without a supervisor; empty when it stopped in order. */
async function stop(dataFolder: string): Promise<string[]> {
  const running = await RunningSetup.find(dataFolder);
  if (running !== undefined) {
    await running.stop();
    const gone = (): boolean => readSupervisor(dataFolder) === undefined;
    if (await waitUntil(gone, { timeoutMs: STOP_TIMEOUT_MS, intervalMs: 50 })) return [];
    throw new MeridianError(
      "UNAVAILABLE",
      "the supervisor did not stop in time; `meridian status` shows what runs",
    );
  }
  const file = readSupervisor(dataFolder);
  if (file === undefined) {
    throw new MeridianError("NOT_RUNNING", `nothing runs with the data in ${dataFolder}`);
  }
  const ended = await endLeftovers(dataFolder, file, LEFTOVER_GRACE_MS);
  removeSupervisor(dataFolder);
  return ended.map(({ name }) => name);
}
