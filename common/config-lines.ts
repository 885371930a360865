/** Where in a configuration file something is said: what an error names, so that nobody has to search. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { MeridianError } from "./errors.ts";

export type ConfigPath = readonly PropertyKey[];

/** What says the value at a path: `dc-a.yaml:12`, or a variable's name; undefined when that is not known. */
export type PlaceOf = (path: ConfigPath) => string | undefined;

export interface ConfigText {
  /** What it says, unchecked. */
  readonly raw: unknown;
  /** The line (from 1) of the key or list entry at the path, or of the closest thing around it. */
  readonly lineOf: (path: ConfigPath) => number | undefined;
}

/** Reads YAML or JSON. Throws CONFIG_INVALID, with the line, when it is neither; `where` names it. */
export function parseConfigText(text: string, where: string): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    // The YAML parser shows the place over several lines; the first one says it.
    const [problem] = error.message.split("\n");
    throw new MeridianError("CONFIG_INVALID", `${where}: ${problem}`, { cause: error });
  }
  const lineOf = (path: ConfigPath): number | undefined => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  return { raw: document.toJS(), lineOf };
}

function offsetOf(top: unknown, path: ConfigPath): number | undefined {
  let node = top;
  let offset = rangeOf(top);
  for (const step of path) {
    if (isAlias(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? key.value : key) === step);
      if (pair === undefined) break;
      offset = rangeOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      if (node === undefined) break;
      offset = rangeOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const { range } = node;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}
