/**
 * Filter expressions from msgpack, as Aerospike's clients write them, into a checked tree: codes, numbers of
 * arguments and types are right before a record is looked at. What is wrong is said with its place, e.g.
 * `in argument 2 of AND, argument 1 of EQ`. Pure; bounded by the size of the bytes and the depth of msgpack.
 */
import { MeridianError } from "../errors.ts";
import { BIN_NAME_BYTES_MAX, EXPRESSION_BYTES_MAX } from "../limits.ts";
import { readWholeMsgpack } from "../msgpack/read-msgpack.ts";
import type { Node, NodeType, Variable } from "./node.ts";
import { Code, missingOperation, type Operation, operationOf } from "./operations.ts";
import { compileRegex } from "./regex.ts";
import { isList, isText, TYPES, typeOf, type Value, VALUE_BUILDER, type ValueType } from "./values.ts";

/** Particle types that a literal blob may have: raw, and those of one language. */
const BLOB = 4;
const LANGUAGE_BLOBS = { first: 7, last: 12 };

/** Throws EXPRESSION_INVALID. */
export function decodeExpression(bytes: Buffer): Node {
  if (bytes.length > EXPRESSION_BYTES_MAX) {
    throw invalid("", `${bytes.length} bytes, at most ${EXPRESSION_BYTES_MAX}`);
  }
  return new Decoder().node(readTree(bytes), "");
}

/** An expression as an operation of a client's request, with the operation's flags. */
export interface ExpressionOperation {
  readonly node: Node;
  readonly flags: number;
}

/** From `[expression, flags]`. Throws EXPRESSION_INVALID. */
export function decodeOperation(bytes: Buffer): ExpressionOperation {
  if (bytes.length > EXPRESSION_BYTES_MAX) throw invalid("", `at most ${EXPRESSION_BYTES_MAX} bytes`);
  const tree = readTree(bytes);
  const [expression, flags] = isList(tree) ? tree.items : [];
  if (!isList(tree) || tree.items.length !== 2 || expression === undefined || typeof flags !== "bigint") {
    throw invalid("", "an operation has an expression and flags");
  }
  return { node: new Decoder().node(expression, ""), flags: Number(flags) };
}

function readTree(bytes: Buffer): Value {
  try {
    return readWholeMsgpack(VALUE_BUILDER, bytes);
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    throw new MeridianError("EXPRESSION_INVALID", `the expression's msgpack: ${error.message}`, {
      cause: error,
    });
  }
}

function invalid(place: string, reason: string): MeridianError {
  return new MeridianError("EXPRESSION_INVALID", `${place === "" ? "" : `in ${place}: `}${reason}`);
}

function inside(place: string, name: string, index: number): string {
  const own = `argument ${index + 1} of ${name}`;
  return place === "" ? own : `${place}, ${own}`;
}

class Decoder {
  /** Variables that are in scope, by name. */
  readonly #scope = new Map<string, { readonly slot: number; readonly type: NodeType }>();
  #slots = 0;

  node(value: Value, place: string): Node {
    if (!isList(value)) return literal(value, place);
    const [first, ...args] = value.items;
    if (typeof first !== "bigint") throw invalid(place, "a code is needed first in an expression");
    const code = Number(first);
    const operation = operationOf(code);
    if (operation !== undefined) return this.#operation(operation, args, place);
    return this.#special(code, args, place);
  }

  #operation(operation: Operation, values: readonly Value[], place: string): Node {
    const { name, least, most, gives } = operation;
    requireCount(name, values, least, most, place);
    const args = this.#nodes(name, values, place);
    const type = requireTypes(operation, args, place);
    return { kind: "operation", name, args, type: gives === "same" ? type : gives };
  }

  #nodes(name: string, values: readonly Value[], place: string): Node[] {
    return values.map((value, index) => this.node(value, inside(place, name, index)));
  }

  #special(code: number, args: readonly Value[], place: string): Node {
    switch (code) {
      case Code.unknown:
        requireCount("UNKNOWN", args, 0, 0, place);
        return { kind: "unknown", type: "any" };
      case Code.regex:
        return this.#regex(args, place);
      case Code.inList:
        return this.#inList(args, place);
      case Code.digestModulo:
        return digestModulo(args, place);
      case Code.key:
        requireCount("KEY", args, 1, 1, place);
        return { kind: "key", type: typeOfCode(args[0], inside(place, "KEY", 0)) };
      case Code.bin:
        requireCount("BIN", args, 2, 2, place);
        return {
          kind: "bin",
          type: typeOfCode(args[0], inside(place, "BIN", 0)),
          name: binName(args[1], place),
        };
      case Code.binType:
        requireCount("BIN_TYPE", args, 1, 1, place);
        return { kind: "bin-type", type: "int", name: binName(args[0], place) };
      case Code.cond:
        return this.#cond(args, place);
      case Code.variable:
        return this.#variable(args, place);
      case Code.let:
        return this.#let(args, place);
      case Code.quote: {
        requireCount("QUOTE", args, 1, 1, place);
        const [value] = args;
        if (value === undefined || !isList(value)) throw invalid(place, "QUOTE takes a list");
        return { kind: "literal", type: "list", value };
      }
      default: {
        const missing = missingOperation(code);
        throw invalid(
          place,
          missing === undefined ? `there is no operation ${code}` : `${missing}: not there`,
        );
      }
    }
  }

  #regex(args: readonly Value[], place: string): Node {
    requireCount("REGEX", args, 3, 3, place);
    const [flags = null, pattern = null, text = null] = args;
    if (typeof flags !== "bigint") throw invalid(inside(place, "REGEX", 0), "flags are an integer");
    const at = inside(place, "REGEX", 1);
    const source = rawText(pattern, at);
    const compiled = compileRegex(source.toString("utf8"), Number(flags));
    if (typeof compiled === "string") throw invalid(at, compiled);
    const node = this.node(text, inside(place, "REGEX", 2));
    requireType(node, "string", inside(place, "REGEX", 2));
    return { kind: "regex", type: "bool", regex: compiled, text: node };
  }

  #inList(values: readonly Value[], place: string): Node {
    requireCount("IN_LIST", values, 2, 2, place);
    const args = this.#nodes("IN_LIST", values, place);
    const [, list] = args;
    if (list !== undefined) requireType(list, "list", inside(place, "IN_LIST", 1));
    return { kind: "operation", name: "IN_LIST", args, type: "bool" };
  }

  #cond(values: readonly Value[], place: string): Node {
    requireCount("COND", values, 3, Number.POSITIVE_INFINITY, place);
    if (values.length % 2 === 0) throw invalid(place, "COND takes tests with their actions, and a default");
    const parts = this.#nodes("COND", values, place);
    let type: NodeType = "any";
    const cases: { test: Node; action: Node }[] = [];
    const [otherwise] = parts.splice(-1);
    if (otherwise === undefined) throw invalid(place, "COND has no default");
    for (let at = 0; at < parts.length; at += 2) {
      const [test, action] = parts.slice(at, at + 2);
      if (test === undefined || action === undefined) throw invalid(place, "COND lacks an action");
      requireType(test, "bool", inside(place, "COND", at));
      type = unified(type, action, inside(place, "COND", at + 1));
      cases.push({ test, action });
    }
    type = unified(type, otherwise, inside(place, "COND", values.length - 1));
    return { kind: "cond", type, cases, otherwise };
  }

  #variable(args: readonly Value[], place: string): Node {
    requireCount("VAR", args, 1, 1, place);
    const name = rawText(args[0] ?? null, inside(place, "VAR", 0)).toString("latin1");
    const variable = this.#scope.get(name);
    if (variable === undefined) throw invalid(place, `there is no variable ${name}`);
    return { kind: "variable", ...variable };
  }

  /** A variable is known to those that follow, and to the scope; then an outer one of its name is again. */
  #let(args: readonly Value[], place: string): Node {
    requireCount("LET", args, 3, Number.POSITIVE_INFINITY, place);
    if (args.length % 2 === 0) throw invalid(place, "LET takes names with their values, and a scope");
    const hidden = new Map(this.#scope);
    const variables: Variable[] = [];
    for (let at = 0; at + 1 < args.length; at += 2) {
      const name = rawText(args[at] ?? null, inside(place, "LET", at)).toString("latin1");
      const value = this.node(args[at + 1] ?? null, inside(place, "LET", at + 1));
      const slot = this.#slots++;
      this.#scope.set(name, { slot, type: value.type });
      variables.push({ slot, value });
    }
    const scope = this.node(args.at(-1) ?? null, inside(place, "LET", args.length - 1));
    this.#scope.clear();
    for (const [name, variable] of hidden) this.#scope.set(name, variable);
    return { kind: "let", type: scope.type, variables, scope };
  }
}

function requireCount(
  name: string,
  args: readonly unknown[],
  least: number,
  most: number,
  place: string,
): void {
  if (args.length >= least && args.length <= most) return;
  const wanted = least === most ? `${least}` : `at least ${least}`;
  throw invalid(place, `${name} takes ${wanted} arguments, not ${args.length}`);
}

function requireType(node: Node, type: ValueType, place: string): void {
  if (node.type !== type && node.type !== "any") throw invalid(place, `${node.type}, ${type} is needed`);
}

/** The one type of an argument and those before it. */
function unified(before: NodeType, { type }: Node, place: string): NodeType {
  if (before === "any" || type === "any" || before === type) return before === "any" ? type : before;
  throw invalid(place, `${type} beside ${before}: both must be of one type`);
}

/** Checks the types of arguments; the one that they share, if they must. */
function requireTypes({ name, takes }: Operation, args: readonly Node[], place: string): NodeType {
  let shared: NodeType = "any";
  for (const [index, arg] of args.entries()) {
    const at = inside(place, name, index);
    if (typeof takes !== "string") {
      requireType(arg, takes[Math.min(index, takes.length - 1)] ?? "nil", at);
      continue;
    }
    shared = unified(shared, arg, at);
    if (takes === "number" && !["int", "float", "any"].includes(arg.type)) {
      throw invalid(at, `${arg.type}, int or float is needed`);
    }
  }
  return shared;
}

function literal(value: Value, place: string): Node {
  if (isText(value) && value.type === "blob") {
    const { particle } = value;
    const isBlob = particle === BLOB || (particle >= LANGUAGE_BLOBS.first && particle <= LANGUAGE_BLOBS.last);
    if (!isBlob) throw invalid(place, `a value of particle type ${particle} is no literal`);
  }
  return { kind: "literal", type: typeOf(value), value };
}

function typeOfCode(value: Value | undefined, place: string): ValueType {
  const type = typeof value === "bigint" ? TYPES[Number(value)] : undefined;
  if (type === undefined) throw invalid(place, "there is no such type");
  return type;
}

/** Names and patterns have no type before them: what was taken for one belongs to them. */
function rawText(value: Value, place: string): Buffer {
  if (!isText(value)) throw invalid(place, "a name or a pattern is needed");
  const { bytes, particle, type } = value;
  if (bytes.length === 0 && type === "string") return bytes;
  return Buffer.concat([Buffer.of(particle), bytes]);
}

function binName(value: Value | undefined, place: string): Buffer {
  const name = rawText(value ?? null, place);
  if (name.length === 0 || name.length > BIN_NAME_BYTES_MAX) {
    throw invalid(place, `a bin's name has 1 to ${BIN_NAME_BYTES_MAX} bytes, not ${name.length}`);
  }
  return name;
}

function digestModulo(args: readonly Value[], place: string): Node {
  requireCount("DIGEST_MODULO", args, 1, 1, place);
  const [modulus] = args;
  if (typeof modulus !== "bigint" || modulus <= 0n || modulus > 0xffff_ffffn) {
    throw invalid(place, "DIGEST_MODULO takes an integer from 1 on");
  }
  return { kind: "digest-modulo", type: "int", modulus: Number(modulus) };
}
