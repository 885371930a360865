/** A filter expression in a configuration: its msgpack in base64, checked when it is read. */
import { z } from "zod";
import { filterProblem } from "./filter-expression.ts";

const error = ({ input }: { readonly input?: unknown }): string =>
  filterProblem(String(input)) ?? "no filter";

export const filterSchema = z.string().refine((text) => filterProblem(text) === undefined, { error });

/** The same, or nothing: then everything passes. */
export const anyFilterSchema = z
  .string()
  .refine((text) => text === "" || filterProblem(text) === undefined, { error });
