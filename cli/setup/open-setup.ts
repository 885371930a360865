/** Which set-up a command works on, by its options: one of this machine, or one in containers. */
import { type Command, Option } from "commander";
import { type CommonOptions, withCommonOptions } from "../command-line.ts";
import { composeNames, readComposeFile } from "./compose-file.ts";
import { connectCompose } from "./compose-setup.ts";
import { dataFolderOf, RunningSetup } from "./running-setup.ts";
import type { Setup } from "./setup.ts";

export interface SetupChoice extends CommonOptions {
  readonly compose?: string;
}

/** Adds `--data`, `--compose` and `--json`. */
export function withSetupOptions(command: Command): Command {
  return withCommonOptions(command).addOption(
    new Option("--compose <name>", "the set-up of `meridian up --compose NAME` instead, on whatever ports")
      .choices(composeNames())
      .conflicts("data"),
  );
}

/** Throws NOT_RUNNING, saying what to do, unless the set-up runs. */
export async function openSetup({ compose, data }: SetupChoice): Promise<Setup> {
  if (compose === undefined) return await RunningSetup.connect(dataFolderOf(data));
  return await connectCompose(readComposeFile(compose));
}
