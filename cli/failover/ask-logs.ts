/**
 * Asks a datacenter's primaries how far their partitions have come, what of other datacenters is
 * applied to them, and for the changes after a sequence. Answered by primaries that nobody can have
 * replaced yet; what nobody answers for is missing from what is returned.
 */
import { z } from "zod";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askNode } from "../verify/ask-partitions.ts";

/** A node that is paused accepts the connection and says nothing. */
const ASK_MS = 5000;
/** Of a request's address; nodes refuse longer ones. */
const QUERY_CHARACTERS = 6000;

const positionsSchema = z.object({
  logId: z.number(),
  partitions: z.array(
    z.object({
      partition: z.number(),
      committed: z.number(),
      applied: z.array(
        z.object({ originId: z.number(), logId: z.number(), sequence: z.number(), changes: z.number() }),
      ),
    }),
  ),
});

const changeSchema = z.object({
  sequence: z.number(),
  number: z.number(),
  kind: z.enum(["put", "delete"]),
  digest: z.string(),
  set: z.string(),
  key: z.string().optional(),
  generation: z.number(),
  lut: z.string(),
  lutIso: z.string(),
  sourceId: z.number(),
  voidTime: z.number(),
  seen: z.array(z.object({ sourceId: z.number(), lut: z.string() })),
  imageBytes: z.number(),
  imageHash: z.string(),
  image: z.string().optional(),
});
const changesSchema = z.object({
  partitions: z.array(
    z.object({
      partition: z.number(),
      trimmed: z.boolean(),
      nextNumber: z.number().nullable(),
      next: z.number(),
      changes: z.array(changeSchema),
    }),
  ),
});

export type LogChange = z.infer<typeof changeSchema>;
type PageOfChanges = z.infer<typeof changesSchema>["partitions"][number];

/** A partition as its primary told of it. */
export interface Led {
  readonly adminPort: number;
  readonly logId: number;
  readonly committed: number;
  readonly applied: readonly {
    readonly originId: number;
    readonly logId: number;
    readonly sequence: number;
    readonly changes: number;
  }[];
}

/** By partition; what two nodes claim at once is left out. */
export async function askPositions(
  datacenter: LoggedDatacenter,
  namespace: string,
): Promise<ReadonlyMap<number, Led>> {
  const answers = await Promise.all(
    datacenter.nodes.map(async ({ adminPort }) => {
      const path = `/positions?${new URLSearchParams({ namespace })}`;
      return { adminPort, answer: await askNode(adminPort, path, positionsSchema, undefined, ASK_MS) };
    }),
  );
  const led = new Map<number, Led>();
  const claimedTwice = new Set<number>();
  for (const { adminPort, answer } of answers) {
    for (const { partition, committed, applied } of answer?.partitions ?? []) {
      if (led.has(partition)) claimedTwice.add(partition);
      led.set(partition, { adminPort, logId: answer?.logId ?? 0, committed, applied });
    }
  }
  for (const partition of claimedTwice) led.delete(partition);
  return led;
}

export interface Stretch {
  readonly adminPort: number;
  readonly after: number;
  /** Number of the last change up to `after`; 0: none, or they were not counted. */
  readonly changes: number;
  readonly goal: number;
}

export interface Walk {
  readonly namespace: string;
  /** By partition: who is asked, after which sequence to begin, and how far to go at least. */
  readonly from: ReadonlyMap<number, Stretch>;
  /** No more than one change of a partition is needed: whether there is any. */
  readonly firstOnly?: boolean | undefined;
  readonly images?: boolean | undefined;
  readonly onChange: (partition: number, change: LogChange) => void;
}

export interface Walked {
  /** Partitions whose log no longer holds all changes that are asked for, or may not. */
  readonly trimmed: ReadonlySet<number>;
  /** Partitions that nobody answered for to the end. */
  readonly unanswered: ReadonlySet<number>;
}

/**
 * Tells of every change after the given sequences, in the order of each partition's log. Changes are
 * numbered without a gap, so where entries were trimmed the next change's number tells whether changes
 * were among them.
 */
export async function walkLogs(walk: Walk): Promise<Walked> {
  const trimmed = new Set<number>();
  const unanswered = new Set<number>();
  const byNode = new Map<number, Map<number, Place>>();
  for (const [partition, { adminPort, after, changes }] of walk.from) {
    const open = byNode.get(adminPort) ?? new Map<number, Place>();
    byNode.set(adminPort, open.set(partition, { after, changes, trimmed: false }));
  }
  await Promise.all(
    [...byNode].map(async ([adminPort, open]) => {
      while (open.size > 0) {
        const { asked, after } = chunkOf(open);
        const answer = await askNode(adminPort, changesPath(walk, after), changesSchema, undefined, ASK_MS);
        const told = answer?.partitions ?? [];
        for (const page of told) {
          const { partition, next, changes } = page;
          for (const change of changes) walk.onChange(partition, change);
          const place = placeAfter(open.get(partition), page);
          const goal = walk.from.get(partition)?.goal ?? 0;
          const through = next >= goal || (walk.firstOnly === true && changes.length > 0);
          if (through) open.delete(partition);
          else open.set(partition, place);
          // At the end a number that was not met is one that may be missing.
          if (place.lacks || (through && place.trimmed)) trimmed.add(partition);
        }
        if (told.length > 0) continue;
        for (const partition of asked) {
          open.delete(partition);
          unanswered.add(partition);
        }
      }
    }),
  );
  return { trimmed, unanswered };
}

interface Place {
  readonly after: number;
  /** Number of the last change up to there. */
  readonly changes: number;
  /** Entries before there were trimmed, and the number of the next change is not known yet. */
  readonly trimmed: boolean;
}

function placeAfter(
  place: Place | undefined,
  { trimmed, nextNumber, next, changes }: PageOfChanges,
): Place & { readonly lacks: boolean } {
  const wasTrimmed = trimmed || place?.trimmed === true;
  const last = changes.at(-1)?.number ?? place?.changes ?? 0;
  if (!wasTrimmed || nextNumber === null) {
    return { after: next, changes: last, trimmed: wasTrimmed, lacks: false };
  }
  const lacks = nextNumber === 0 || nextNumber > (place?.changes ?? 0) + 1;
  return { after: next, changes: last, trimmed: false, lacks };
}

/** As many of the open partitions as fit into one question. */
function chunkOf(open: ReadonlyMap<number, Place>): { asked: number[]; after: string } {
  const asked: number[] = [];
  let after = "";
  for (const [partition, place] of open) {
    if (after.length > QUERY_CHARACTERS) break;
    asked.push(partition);
    after += `${after === "" ? "" : ","}${partition}:${place.after}`;
  }
  return { asked, after };
}

function changesPath({ namespace, firstOnly, images }: Walk, after: string): string {
  const rest = `${firstOnly ? "&limit=1" : ""}${images ? "&images=true" : ""}`;
  return `/changes?namespace=${namespace}${rest}&after=${after}`;
}
