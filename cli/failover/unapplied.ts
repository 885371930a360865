/**
 * What one datacenter has committed and another one has not applied, by partition: the positions that
 * the survivor keeps with its data, beside the change logs of the other one's primaries. Nobody's
 * record of acknowledgements is needed, and nothing is guessed: a partition of which it cannot be told
 * is said to be one, and why.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askPositions, type Led, type LogChange, type Stretch, walkLogs } from "./ask-logs.ts";

/** Why it cannot be told what a partition lacks. */
export type Unknown =
  | "no primary in the origin answers"
  | "no primary in the survivor answers"
  | "the survivor's position is of another log"
  | "the origin's log is trimmed above the survivor's position";

export interface Comparison {
  /** Partitions of which everything is applied. */
  readonly applied: ReadonlySet<number>;
  readonly unknown: ReadonlyMap<number, Unknown>;
}

export interface CompareOptions {
  readonly origin: LoggedDatacenter;
  readonly survivor: LoggedDatacenter;
  readonly namespace: string;
  /** All partitions when absent. */
  readonly partitions?: Iterable<number> | undefined;
  /** Whether there is any change that is not applied is enough: not all of them are asked for. */
  readonly firstOnly?: boolean | undefined;
  /** The records as they are stored, too. */
  readonly images?: boolean | undefined;
  /** A change that the survivor has not applied; in the order of the partition's log. */
  readonly onChange?: ((partition: number, change: LogChange) => void) | undefined;
}

/** Compares once. Exact for what was committed before the call, if it was not trimmed. */
export async function compareLogs(options: CompareOptions): Promise<Comparison> {
  const { origin, survivor, namespace } = options;
  // The origin first: what it had committed by then is looked for in later positions.
  const committed = await askPositions(origin, namespace);
  const positions = await askPositions(survivor, namespace);
  const unknown = new Map<number, Unknown>();
  const applied = new Set<number>();
  const stretches = new Map<number, Stretch>();
  const otherLog = new Set<number>();
  const all = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
  for (const partition of options.partitions ?? all) {
    const led = committed.get(partition);
    const stretch = stretchOf(led, positions.get(partition), origin.sourceId);
    if (typeof stretch === "string") unknown.set(partition, stretch);
    else if (stretch.after >= stretch.goal) applied.add(partition);
    else {
      stretches.set(partition, stretch);
      if (stretch.otherLog) otherLog.add(partition);
    }
  }
  const behind = new Set<number>();
  const { trimmed, unanswered } = await walkLogs({
    namespace,
    from: stretches,
    firstOnly: options.firstOnly,
    images: options.images,
    onChange: (partition, change) => {
      behind.add(partition);
      options.onChange?.(partition, change);
    },
  });
  for (const partition of stretches.keys()) {
    if (unanswered.has(partition)) unknown.set(partition, "no primary in the origin answers");
    else if (trimmed.has(partition)) {
      unknown.set(partition, "the origin's log is trimmed above the survivor's position");
    } else if (!behind.has(partition)) applied.add(partition);
    else if (otherLog.has(partition)) unknown.set(partition, "the survivor's position is of another log");
  }
  return { applied, unknown };
}

/** A position of another log says nothing of this one: all of its changes are looked at. */
function stretchOf(
  led: Led | undefined,
  survivor: Led | undefined,
  sourceId: number,
): (Stretch & { readonly otherLog: boolean }) | Unknown {
  if (led === undefined) return "no primary in the origin answers";
  if (survivor === undefined) return "no primary in the survivor answers";
  const position = survivor.applied.find(({ originId }) => originId === sourceId);
  const otherLog = position !== undefined && position.logId !== led.logId;
  const after = otherLog ? 0 : (position?.sequence ?? 0);
  const changes = otherLog ? 0 : (position?.changes ?? 0);
  return { adminPort: led.adminPort, after, changes, goal: led.committed, otherLog };
}
