/** Options that the processes of a datacenter take, each from the command line or the environment. */
import { Option } from "commander";

/** `--config FILE` or MERIDIAN_CONFIG; `what` says what is in the file. */
export function configOption(what: string): Option {
  return new Option("--config <file>", what).env("MERIDIAN_CONFIG");
}

/** `--name NAME` or MERIDIAN_PROCESS: which entry of the configuration the process is (`ownEntry`). */
export function nameOption(which: string): Option {
  return new Option("--name <name>", `${which} (default: the only one)`).env("MERIDIAN_PROCESS");
}
