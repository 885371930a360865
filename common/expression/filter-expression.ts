/**
 * A filter: an expression that says of a record whether it passes. Decoded once, asked for every record. What
 * is unknown does not pass. Pure.
 */
import { MeridianError } from "../errors.ts";
import { decodeExpression } from "./decode.ts";
import { evaluate } from "./evaluate.ts";
import type { Node } from "./node.ts";
import type { ExpressionRecord } from "./record.ts";

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

  passes(record: ExpressionRecord, nowMs: number): boolean {
    return evaluate(this.#root, record, nowMs) === true;
  }
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
