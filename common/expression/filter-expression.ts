/**
 * A filter: an expression that says of a record whether it passes. Decoded once, asked for every record. What
 * is unknown does not pass. Pure.
 */
import { MeridianError } from "../errors.ts";
import { decodeExpression } from "./decode.ts";
import { evaluate } from "./evaluate.ts";
import { type Node, partsOf } from "./node.ts";
import type { ExpressionRecord } from "./record.ts";
import { showExpression } from "./show.ts";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export class FilterExpression {
  readonly #root: Node;

  /** From msgpack. Throws EXPRESSION_INVALID. */
  constructor(bytes: Buffer) {
    const root = decodeExpression(bytes);
    if (root.type !== "bool" && root.type !== "any") {
      throw new MeridianError(
        "EXPRESSION_INVALID",
        `a filter is true or false; this is of type ${root.type}`,
      );
    }
    this.#root = root;
  }

  /** From the form that settings and info commands have it in. Throws EXPRESSION_INVALID. */
  static ofBase64(text: string): FilterExpression {
    if (!BASE64.test(text)) throw new MeridianError("EXPRESSION_INVALID", "a filter is given in base64");
    return new FilterExpression(Buffer.from(text, "base64"));
  }

  /** Whether what it says of one version of a record changes with the time. */
  get asksTime(): boolean {
    return asksTime(this.#root);
  }

  toString(): string {
    return showExpression(this.#root);
  }

  passes(record: ExpressionRecord, nowMs: number): boolean {
    return evaluate(this.#root, record, nowMs) === true;
  }
}

function asksTime(node: Node): boolean {
  const isTime = node.kind === "operation" && (node.name === "TTL" || node.name === "SINCE_UPDATE");
  return isTime || partsOf(node).some(asksTime);
}

/** Why the text is no filter; undefined when it is one. */
export function filterProblem(text: string): string | undefined {
  try {
    FilterExpression.ofBase64(text);
    return undefined;
  } catch (error) {
    if (error instanceof MeridianError && error.code === "EXPRESSION_INVALID") return error.message;
    throw error;
  }
}
