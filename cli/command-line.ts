/** What all commands share: options, exit codes, how errors and results are shown. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { MeridianError } from "../common/errors.ts";

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** The answer is no: different, not found, some writes failed. */
  negative: 1,
  /** No answer could be given yet. */
  inconclusive: 2,
  /** The command could not be carried out: wrong usage, nothing runs, no connection. */
  error: 3,
} as const;

export interface CommonOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** Adds `--data`, and `--json` with what it prints. */
export function withCommonOptions(command: Command, json = true): Command {
  command.option("--data <folder>", "data folder of the set-up (default: .meridian of the project)");
  return json ? command.option("--json", "print JSON for programs") : command;
}

/** What a command that we name to a person needs besides, to be about the same set-up. */
export function composeArgument(compose: string | undefined): string {
  return compose === undefined ? "" : ` --compose ${compose}`;
}

/** Adds examples below a command's help. */
export function withExamples(command: Command, examples: readonly (readonly [string, string])[]): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, meaning]) => `  meridian ${line.padEnd(width)}  ${meaning}`);
  return command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

/** An option's parser for whole numbers. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed`);
  };
}

/** An option's parser for times: `10s`, `500ms`, `2m`, or seconds without a unit; in milliseconds. */
export function duration(text: string): number {
  const match = /^(\d{1,7}(?:\.\d+)?)(ms|s|m)?$/.exec(text);
  if (match === null) throw new InvalidArgumentError("A time is needed, e.g. 500ms, 10s or 2m");
  const unitMs = match[2] === "ms" ? 1 : match[2] === "m" ? 60_000 : 1000;
  return Math.round(Number(match[1]) * unitMs);
}

/** Adds `--wait <seconds>`: how long to wait for what `until` says. */
export function withWait(
  command: Command,
  until: string,
  [least, most]: readonly [number, number],
  seconds: number,
): Command {
  return command.addOption(
    new Option("--wait <seconds>", `how long to wait until ${until}`)
      .argParser(wholeNumber(least, most))
      .default(seconds),
  );
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** For `JSON.stringify`: integers that JSON's readers may not hold, as text. */
export function showBigint(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/** Resolves when all of standard output was taken by its reader: an exit throws away what still waits. */
export async function outputTaken(): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
}

/** One clear line for what is the user's to solve; the stack as well for what is a bug of ours. */
export function describeFailure(error: unknown): string {
  if (error instanceof MeridianError) return `meridian: ${error.message}`;
  if (error instanceof Error)
    return `meridian: unexpected error, please report it: ${error.stack ?? error.message}`;
  return `meridian: unexpected error, please report it: ${String(error)}`;
}
