/**
 * Changes as readers of a feed get them: the message of the feed (docs/change-feeds.md), whichever of
 * its layouts, as one shape.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { decodeProtobuf } from "./change-protobuf.ts";

/** Blobs are base64, but bytes of a feed of format `protobuf`; integers beyond 2^53 are bigints. */
export type BinValue =
  | null
  | Uint8Array
  | boolean
  | number
  | bigint
  | string
  | readonly BinValue[]
  | { readonly [key: string]: BinValue };

/** `snapshot`: no change, but a record as it stood when the reading began. */
const OPERATIONS = ["insert", "update", "touch", "delete", "expire", "merge", "restore", "snapshot"] as const;
const OUTCOMES = ["local", "applied", "won", "lost", "merged", "recovered"] as const;

/** Where a change stands in the log of the datacenter whose feed tells it. */
export interface ChangePosition {
  /** Identity of the log, and its partition. */
  readonly log: number;
  readonly partition: number;
  readonly sequence: number;
  /** No other change of the feed lies in [from, sequence). */
  readonly from: number;
  /** Where it stands in the log of the datacenter where it was made, when that is another one. */
  readonly originLog?: number | undefined;
  readonly originSequence?: number | undefined;
}

/** One committed version of one record. */
export interface Change {
  readonly kind: "write" | "delete";
  readonly namespace: string;
  /** Empty: none. */
  readonly set: string;
  /** Null when the client did not send it. */
  readonly userKey: BinValue;
  /** Base64. */
  readonly digest: string;
  readonly generation: number;
  /** Last-update time, Unix milliseconds. */
  readonly lut: number;
  /** Unix seconds, 0 = never. */
  readonly expiry: number;
  /** Undefined of a delete, and of a record larger than the bus takes (`tooLarge`). */
  readonly bins?: Readonly<Record<string, BinValue>>;
  readonly tooLarge: boolean;
  /**
   * What the record was before; null: there was none. Undefined when the feed does not tell it
   * (`before-image`), when the log did not keep it then, and when with it the message would be larger than
   * the bus takes (`beforeTooLarge`).
   */
  readonly before?: Before | null;
  readonly beforeTooLarge: boolean;
  readonly operation: (typeof OPERATIONS)[number];
  /** What conflict resolution made of it: see docs/change-feeds.md. */
  readonly outcome: (typeof OUTCOMES)[number];
  /** Datacenter where it was made. */
  readonly origin: string;
  /** Names of the changed bins; undefined when the log does not tell. */
  readonly changed?: readonly string[];
  readonly position: ChangePosition;
  /** It may have been handed out before. */
  readonly redelivered: boolean;
}

/** A record as it was before a change. */
export interface Before extends Pick<Change, "generation" | "lut" | "expiry"> {
  readonly bins: Readonly<Record<string, BinValue>>;
}

/** Changes of a partition that nobody can tell any more: what was read of its records may be old. */
export interface Gap {
  readonly kind: "gap";
  readonly namespace: string;
  /** `sequence` is the last that is missing, `from` the first. */
  readonly position: ChangePosition;
}

const bin = z.custom<BinValue>((value) => value !== undefined);
const position = z.object({
  log: z.number(),
  partition: z.number(),
  sequence: z.number(),
  from: z.number(),
  originLog: z.number().optional(),
  originSequence: z.number().optional(),
});
const metadata = z.object({
  msg: z.enum(["write", "delete"]),
  gen: z.number(),
  lut: z.number(),
  exp: z.number(),
  tooLarge: z.boolean().optional(),
  operation: z.enum(OPERATIONS),
  outcome: z.enum(OUTCOMES),
  origin: z.string(),
  changed: z.array(z.string()).optional(),
  position,
  again: z.boolean().optional(),
  beforeTooLarge: z.boolean().optional(),
});
const typedBins = z.array(z.object({ name: z.string(), value: bin }));
const before = z.object({ gen: z.number(), lut: z.number(), exp: z.number() });
const gapSchema = z.object({ msg: z.literal("gap"), namespace: z.string(), position });
const jsonSchema = metadata.extend({
  key: z.tuple([z.string(), z.string(), z.string(), bin]),
  bins: typedBins.optional(),
  before: before.extend({ bins: typedBins }).nullish(),
});
const flatSchema = z
  .object({
    metadata: metadata.extend({
      namespace: z.string(),
      set: z.string(),
      digest: z.string(),
      userKey: bin,
      before: before.extend({ bins: z.record(z.string(), bin) }).nullish(),
    }),
  })
  .catchall(bin);

type Metadata = z.infer<typeof metadata>;

/** First byte of a message in JSON; none in protobuf begins so. */
const BRACE = 0x7b;

/** What a message of a feed says, in whichever format. Throws BAD_REQUEST for what is none. */
export function parseChange(bytes: Uint8Array): Change | Gap {
  try {
    if (bytes[0] !== BRACE) return ofMessage(decodeProtobuf(bytes));
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    return ofMessage(MANY_DIGITS.test(text) ? JSON.parse(text, exact) : JSON.parse(text));
  } catch (error) {
    throw new MeridianError("BAD_REQUEST", "a message of the feed is no change", { cause: error });
  }
}

function ofMessage(message: unknown): Change | Gap {
  const isObject = typeof message === "object" && message !== null;
  // A CloudEvent.
  if (isObject && "specversion" in message && "data" in message && !("metadata" in message)) {
    return ofMessage(message.data);
  }
  if (isObject && "metadata" in message) return ofFlat(flatSchema.parse(message));
  if (isObject && "msg" in message && message.msg === "gap") {
    const { namespace, position } = gapSchema.parse(message);
    return { kind: "gap", namespace, position };
  }
  return ofJson(jsonSchema.parse(message));
}

function ofJson(message: z.infer<typeof jsonSchema>): Change {
  const [namespace, set, digest, userKey] = message.key;
  const bins = message.bins && binsByName(message.bins);
  const before = message.before && beforeIn(message.before, binsByName(message.before.bins));
  return change(message, { namespace, set, digest, userKey }, bins, before);
}

function binsByName(bins: z.infer<typeof typedBins>): Record<string, BinValue> {
  return Object.fromEntries(bins.map(({ name, value }) => [name, value]));
}

function beforeIn({ gen, lut, exp }: z.infer<typeof before>, bins: Record<string, BinValue>): Before {
  return { generation: gen, lut, expiry: exp, bins };
}

function ofFlat({ metadata, ...bins }: z.infer<typeof flatSchema>): Change {
  const { namespace, set, userKey, digest, msg, tooLarge } = metadata;
  const has = msg === "write" && tooLarge !== true;
  const before = metadata.before && beforeIn(metadata.before, metadata.before.bins);
  return change(metadata, { namespace, set, digest, userKey }, has ? bins : undefined, before);
}

function change(
  metadata: Metadata,
  key: Pick<Change, "namespace" | "set" | "digest" | "userKey">,
  bins: Record<string, BinValue> | undefined,
  before: Before | null | undefined,
): Change {
  const { msg, gen, lut, exp, tooLarge, operation, outcome, origin, changed, position, again } = metadata;
  return {
    kind: msg === "delete" ? "delete" : "write",
    ...key,
    generation: gen,
    lut,
    expiry: exp,
    ...(bins === undefined ? {} : { bins }),
    tooLarge: tooLarge === true,
    ...(before === undefined ? {} : { before }),
    beforeTooLarge: metadata.beforeTooLarge === true,
    operation,
    outcome,
    origin,
    ...(changed === undefined ? {} : { changed }),
    position,
    redelivered: again === true,
  };
}

const MANY_DIGITS = /\d{16}/;

/** Integers that a number cannot hold become bigints. */
function exact(_key: string, value: unknown, context?: { readonly source: string }): unknown {
  const digits = context?.source;
  const lossy = typeof value === "number" && !Number.isSafeInteger(value) && digits !== undefined;
  return lossy && /^-?\d+$/.test(digits) ? BigInt(digits) : value;
}
