/**
 * Configuration by environment: every key of a schema has a variable, so that a container needs no
 * file. The name is the path in capitals: `MERIDIAN_`, steps joined by `__`, `-` as `_`, places of a
 * list as numbers: `timing: { lease-ms: 700 }` is `MERIDIAN_TIMING__LEASE_MS=700`, and the first
 * node's name `MERIDIAN_NODES__0__NAME`. A list or a group may be given whole, as YAML. With `_FILE`
 * behind it the variable names a file that holds the value, as secrets are handed to containers.
 *
 * Must guarantee: the environment wins over the file, the deeper variable over the whole, and a
 * variable of a known group that names no key is an error, not silence.
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import {
  type DatacenterConfig,
  datacenterSchema,
  parseDatacenterConfig,
  placesIn,
  readConfigText,
} from "./config.ts";
import type { PlaceOf } from "./config-lines.ts";
import type { Shape } from "./config-problems.ts";
import { errorMessage, MeridianError } from "./errors.ts";

const PREFIX = "MERIDIAN_";
const FILE_SUFFIX = "_FILE";
/** No list of a configuration is longer. */
const PLACES_MAX = 64;

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is used of a JSON schema. */
type Step = string | number;

interface Setting {
  readonly variable: string;
  readonly path: readonly Step[];
  readonly value: unknown;
}

/** A datacenter's configuration from a file (if any) and the environment, checked as a whole. */
export function loadProcessConfig(file: string | undefined, env: Environment): DatacenterConfig {
  const text = file === undefined ? undefined : readConfigText(file);
  const where = file === undefined ? "environment" : `${file} and environment`;
  const settings = settingsOf(datacenterSchema, env);
  const inFile: PlaceOf = file === undefined || text === undefined ? () => undefined : placesIn(file, text);
  const placeOf: PlaceOf = (path) =>
    settings.findLast((setting) => setting.path.every((step, index) => step === path[index]))?.variable ??
    inFile(path);
  return parseDatacenterConfig(withSettings(text?.raw ?? {}, settings), where, placeOf);
}

/** The entry of a configuration that a process is: the one of its name, or the only one there is. */
export function ownEntry<Entry extends { readonly name: string }>(
  kind: string,
  entries: readonly Entry[],
  name: string | undefined,
): Entry {
  const own = name === undefined ? entries : entries.filter((entry) => entry.name === name);
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  const names = entries.map((entry) => entry.name).join(", ");
  const problem = name === undefined ? `say which ${kind} this is` : `no ${kind} is named ${name}`;
  throw new MeridianError("CONFIG_INVALID", `${problem}; configured are: ${names || "none"}`);
}

/** `raw` with what the environment says put into it; unchecked, as `raw` is. */
export function withEnvironment(schema: z.ZodType, raw: unknown, env: Environment): unknown {
  return withSettings(raw, settingsOf(schema, env));
}

function withSettings(raw: unknown, settings: readonly Setting[]): unknown {
  return settings.reduce<unknown>((tree, setting) => put(tree, setting.path, setting), raw);
}

function settingsOf(schema: z.ZodType, env: Environment): Setting[] {
  const shape = z.toJSONSchema(schema, { io: "input" }) as Shape;
  return (
    Object.entries(env)
      .flatMap(([variable, text]) => (text === undefined ? [] : settingOf(shape, variable, text)))
      // What is whole first, then its parts.
      .sort((a, b) => a.path.length - b.path.length)
  );
}

function settingOf(shape: Shape, variable: string, text: string): Setting[] {
  if (!variable.startsWith(PREFIX)) return [];
  const name = variable.slice(PREFIX.length);
  const whole = find(shape, stepsOf(name));
  if (whole !== undefined)
    return [{ variable, path: whole.path, value: valueAs(whole.shape, text, variable) }];
  if (name.endsWith(FILE_SUFFIX)) {
    const named = find(shape, stepsOf(name.slice(0, -FILE_SUFFIX.length)));
    if (named !== undefined) {
      return [
        { variable, path: named.path, value: valueAs(named.shape, readValue(text, variable), variable) },
      ];
    }
  }
  // Variables of others may begin alike; one that means a group of ours is a slip.
  const group = shape.properties?.[stepsOf(name)[0] ?? ""];
  if (group === undefined || !name.includes("__")) return [];
  throw new MeridianError("CONFIG_INVALID", `${variable}: no such key in the configuration`);
}

function stepsOf(name: string): string[] {
  return name.split("__").map((step) => step.toLowerCase().replaceAll("_", "-"));
}

/** The place that the steps lead to; undefined when the schema has none. */
function find(shape: Shape, steps: readonly string[]): { path: Step[]; shape: Shape } | undefined {
  let at = shape;
  const path: Step[] = [];
  for (const step of steps) {
    const place = Number(step);
    const isPlace = at.items !== undefined && /^\d{1,2}$/.test(step) && place < PLACES_MAX;
    const next = isPlace ? at.items : at.properties?.[step];
    if (next === undefined) return undefined;
    path.push(isPlace ? place : step);
    at = next;
  }
  return { path, shape: at };
}

/** Texts stay as they are; numbers, lists and groups are YAML. */
function valueAs(shape: Shape, text: string, variable: string): unknown {
  if (shape.type === "string") return text;
  try {
    return parse(text);
  } catch (error) {
    const [problem] = errorMessage(error).split("\n");
    throw new MeridianError("CONFIG_INVALID", `${variable}: ${problem}`, { cause: error });
  }
}

function readValue(path: string, variable: string): string {
  try {
    return readFileSync(path, "utf8").trimEnd();
  } catch (error) {
    throw new MeridianError("CONFIG_INVALID", `${variable}: ${errorMessage(error)}`, { cause: error });
  }
}

/** A copy of `tree` with the value at its path; lists and groups on the way are made. */
function put(tree: unknown, path: readonly Step[], setting: Setting): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return setting.value;
  if (typeof step === "number") {
    const list: unknown[] = Array.isArray(tree) ? [...tree] : [];
    if (step > list.length) {
      const problem = `place ${list.length} of the list is missing`;
      throw new MeridianError("CONFIG_INVALID", `${setting.variable}: ${problem}`);
    }
    list[step] = put(list[step], rest, setting);
    return list;
  }
  const group = typeof tree === "object" && tree !== null && !Array.isArray(tree) ? tree : {};
  return { ...group, [step]: put((group as Record<string, unknown>)[step], rest, setting) };
}
