/** Where to begin, as people write it. */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { From } from "./beginning.ts";

/**
 * `beginning`, `oldest`, `now`; a time as ISO 8601 has it; positions as `LOG:PARTITION:SEQUENCE`, several
 * separated by commas. Throws BAD_REQUEST.
 */
export function fromText(text: string, option = "--from"): From {
  if (text === "beginning" || text === "oldest" || text === "now") return text;
  if (/^\d+:\d+:\d+(,\d+:\d+:\d+)*$/.test(text)) return positionsIn(text, option);
  const time = new Date(text);
  if (/^\d{4}-\d\d/.test(text) && Number.isFinite(time.getTime())) return time;
  throw wrong(
    option,
    "beginning, oldest, now, a time such as 2026-11-26T18:00:00Z, or LOG:PARTITION:SEQUENCE,...",
  );
}

function positionsIn(text: string, option: string): From {
  const parts = text.split(",").map((one) => one.split(":").map(Number));
  const [log = 0] = parts[0] ?? [];
  const positions = parts.map(([ofLog, partition = 0, sequence = 0]) => {
    if (ofLog !== log) throw wrong(option, "positions of one log");
    if (partition >= PARTITION_COUNT) throw wrong(option, `partitions below ${PARTITION_COUNT}`);
    return [partition, sequence] as const;
  });
  return { log, positions };
}

function wrong(option: string, needed: string): MeridianError {
  return new MeridianError("BAD_REQUEST", `${option}: ${needed}`);
}
