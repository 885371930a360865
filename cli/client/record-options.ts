/** Options and arguments of `get`, `put` and `delete`: which record, and what its bins are. */
import type { Command } from "commander";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { BIN_NAME_BYTES_MAX } from "../../common/limits.ts";
import { type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

export interface RecordOptions extends SetupChoice {
  readonly dc: string;
  readonly namespace: string;
  readonly set: string;
  readonly stringKey?: boolean;
}

export function withRecordOptions(command: Command): Command {
  command
    .requiredOption("--dc <name>", "the datacenter, e.g. dc-a")
    .option("--namespace <name>", "namespace", "test")
    .option("--set <name>", "set", "demo")
    .option("--string-key", "take a key of digits as a string instead of as an integer");
  return withSetupOptions(command);
}

/** What a bin can be given as: any JSON value. */
export type BinValue = z.infer<typeof binValueSchema>;
const binValueSchema = z.json();

/** Digits make an integer key, as in the clients; everything else is a string. */
export function parseKey(text: string, stringKey: boolean): string | number {
  if (stringKey || !/^-?\d+$/.test(text)) return text;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new MeridianError("BAD_REQUEST", `key ${text} is above 2^53: give it as text with --string-key`);
}

/** `{"name":"Ada","age":36}`, or `name=Ada age=36` (values as JSON where they are, else text). */
export function parseBins(texts: readonly string[]): Record<string, BinValue> {
  const first = texts[0];
  if (first === undefined)
    throw new MeridianError("BAD_REQUEST", "bins are needed: name=Ada, or a JSON object");
  const bins =
    texts.length === 1 && first.trimStart().startsWith("{")
      ? parseObject(first)
      : Object.fromEntries(texts.map(parsePair));
  for (const name of Object.keys(bins)) {
    if (name !== "" && Buffer.byteLength(name) <= BIN_NAME_BYTES_MAX) continue;
    throw new MeridianError(
      "BAD_REQUEST",
      `bin name ${JSON.stringify(name)}: 1 to ${BIN_NAME_BYTES_MAX} bytes`,
    );
  }
  return bins;
}

function parseObject(text: string): Record<string, BinValue> {
  const value = z.record(z.string(), binValueSchema).safeParse(parseJson(text));
  if (value.success) return value.data;
  throw new MeridianError("BAD_REQUEST", `no JSON object of bins: ${text}`);
}

function parsePair(text: string): [string, BinValue] {
  const at = text.indexOf("=");
  if (at <= 0) throw new MeridianError("BAD_REQUEST", `${text}: a bin is given as name=value`);
  const value = text.slice(at + 1);
  const parsed = parseJson(value);
  return [text.slice(0, at), parsed === undefined ? value : parsed];
}

/** Undefined for what is no JSON: plain text then. */
function parseJson(text: string): BinValue | undefined {
  try {
    return binValueSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
