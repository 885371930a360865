/**
 * What is wrong with a configuration, said to a person: file and line, the path, the problem, and for a
 * name that does not exist the nearest one that does, or where it belongs, or why it is not there.
 */
import type { z } from "zod";
import type { ConfigPath, PlaceOf } from "./config-lines.ts";
import { MeridianError } from "./errors.ts";
import { meantHint } from "./nearest-name.ts";
import { whyNotHere } from "./xdr/xdr-names.ts";

/** A JSON Schema, as far as names are looked up in it. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

export interface Problem {
  readonly path: ConfigPath;
  readonly message: string;
}

/** What a schema's check has found, in words. `shape`: the schema's, for the names that there are. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], raw: unknown, shape: Shape): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: `no such key${hintFor(key, issue.path, shape)}`,
      }));
    }
    const { path, message } = issue;
    if (issue.code !== "invalid_value") return [{ path, message }];
    const given = valueAt(raw, path);
    const hint = typeof given === "string" ? meantHint(given, issue.values.map(String)) : "";
    return [{ path, message: `${message}${hint}` }];
  });
}

/** Throws CONFIG_INVALID that tells all problems in one line, each with its place. */
export function refuseFor(problems: readonly Problem[], where: string, placeOf: PlaceOf): void {
  if (problems.length === 0) return;
  let before: string | undefined;
  const told = problems.map(({ path, message }) => {
    const place = placeOf(path) ?? where;
    const shown = place === before ? "" : `${place}: `;
    before = place;
    return `${shown}${path.join(".") || "(top)"}: ${message}`;
  });
  throw new MeridianError("CONFIG_INVALID", told.join("; "));
}

function hintFor(key: string, path: ConfigPath, shape: Shape): string {
  const reason = whyNotHere(key, path);
  if (reason !== undefined) return `: ${reason}`;
  const names = Object.keys(shapeAt(shape, path)?.properties ?? {});
  const hint = meantHint(key, names);
  if (hint !== "") return hint;
  const [home, ...more] = homesOf(shape, key);
  return home === undefined || more.length > 0 ? "" : `; it belongs below ${home}`;
}

function shapeAt(shape: Shape, path: ConfigPath): Shape | undefined {
  return path.reduce<Shape | undefined>(
    (at, step) => (typeof step === "number" ? at?.items : at?.properties?.[String(step)]),
    shape,
  );
}

/** Where else there is a key of this name. */
function homesOf(shape: Shape, key: string, path = ""): string[] {
  if (shape.items !== undefined) return homesOf(shape.items, key, `${path}[]`);
  return Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
    const here = name === key && path !== "" ? [path] : [];
    return [...here, ...homesOf(inner, key, path === "" ? name : `${path}.${name}`)];
  });
}

function valueAt(raw: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
    raw,
  );
}
