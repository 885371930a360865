/** A checked expression as text for people, in the manner of the clients' builders: `gt(bin_int("n"), 5)`. */
import type { Node } from "./node.ts";
import { isList, isMap, type Value } from "./values.ts";

/** Characters of text that are shown of one value. */
const SHOWN_MAX = 64;

export function showExpression(node: Node): string {
  switch (node.kind) {
    case "unknown":
      return "unknown()";
    case "literal":
      return showValue(node.value);
    case "operation":
      return called(node.name.toLowerCase(), node.args.map(showExpression));
    case "regex":
      return called("regex_compare", [quoted(node.regex.source), showExpression(node.text)]);
    case "digest-modulo":
      return called("digest_modulo", [String(node.modulus)]);
    case "key":
      return called(`key_${node.type}`, []);
    case "bin":
      return called(`bin_${node.type}`, [quoted(node.name.toString())]);
    case "bin-type":
      return called("bin_type", [quoted(node.name.toString())]);
    case "cond": {
      const cases = node.cases.flatMap(({ test, action }) => [showExpression(test), showExpression(action)]);
      return called("cond", [...cases, showExpression(node.otherwise)]);
    }
    case "let": {
      const defined = node.variables.map(({ slot, value }) => `${nameOf(slot)} = ${showExpression(value)}`);
      return called("let", [...defined, showExpression(node.scope)]);
    }
    default:
      return nameOf(node.slot);
  }
}

function called(name: string, args: readonly string[]): string {
  return `${name}(${args.join(", ")})`;
}

/** Variables are told by their numbers: two may have one name. */
function nameOf(slot: number): string {
  return `$${slot}`;
}

/** Without what parts the answers of info commands. */
function quoted(text: string): string {
  const shown = text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
  return JSON.stringify(shown).replaceAll(";", "\\u003b").replaceAll(":", "\\u003a");
}

function showValue(value: Value): string {
  if (value === null) return "nil";
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.items.map(showValue).join(", ")}]`;
  if (isMap(value)) {
    return `{${value.entries.map(([key, one]) => `${showValue(key)} = ${showValue(one)}`).join(", ")}}`;
  }
  return value.type === "string" ? quoted(value.bytes.toString()) : `<${value.bytes.length} bytes>`;
}
