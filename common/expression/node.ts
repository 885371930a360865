/** A filter expression once it is checked: what decode.ts makes and evaluate.ts evaluates. */
import type { OperationName } from "./operations.ts";
import type { Regex } from "./regex.ts";
import type { Value, ValueType } from "./values.ts";

/** What a part gives, if it gives anything; `any`: UNKNOWN, which stands for every type. */
export type NodeType = ValueType | "any";

interface Part<Kind extends string> {
  readonly kind: Kind;
  readonly type: NodeType;
}

export type Node =
  | Part<"unknown">
  | (Part<"literal"> & { readonly value: Value })
  | (Part<"operation"> & { readonly name: OperationName; readonly args: readonly Node[] })
  | (Part<"regex"> & { readonly regex: Regex; readonly text: Node })
  | (Part<"digest-modulo"> & { readonly modulus: number })
  | (Part<"key"> & { readonly type: ValueType })
  | (Part<"bin"> & { readonly type: ValueType; readonly name: Buffer })
  | (Part<"bin-type"> & { readonly name: Buffer })
  | (Part<"cond"> & { readonly cases: readonly Case[]; readonly otherwise: Node })
  | (Part<"let"> & { readonly variables: readonly Variable[]; readonly scope: Node })
  | (Part<"variable"> & { readonly slot: number });

/** The parts that a part is made of. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "operation":
      return node.args;
    case "regex":
      return [node.text];
    case "cond":
      return [...node.cases.flatMap(({ test, action }) => [test, action]), node.otherwise];
    case "let":
      return [...node.variables.map(({ value }) => value), node.scope];
    default:
      return [];
  }
}

export interface Case {
  readonly test: Node;
  readonly action: Node;
}

export interface Variable {
  readonly slot: number;
  readonly value: Node;
}
