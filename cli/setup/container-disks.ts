/**
 * What is done to the volumes of a datacenter's containers while none of them runs, as shell scripts for a
 * container beside them: the same as fenced-start.ts does to local folders.
 */
import { START_FENCED_FILE } from "../../common/config.ts";
import { shipStream } from "../../proto/subjects.ts";
import { ASIDE } from "./aside.ts";

/** Where the image's nodes keep everything. */
export const DATA_FOLDER = "/var/lib/meridian";
/** Where our nats-servers keep their JetStream store. */
export const NATS_STORE = "/data";
/** Read by the image's entrypoint (deploy/container/meridian.sh). */
const CLOCK_FILE = `${DATA_FOLDER}/clock-offset-ms`;

/** Makes a node's next start close its datacenter (common/config.ts). */
export const MARK_FENCED = flushed(`${DATA_FOLDER}/${START_FENCED_FILE}`, ": >");

/** Forgets what was on its way from a datacenter: it is shipped again once the fence is lifted. */
export function forgetShipped(datacenter: string): string {
  return `rm -rf ${NATS_STORE}/jetstream/\\$G/streams/${shipStream(datacenter, "")}*`;
}

export const WIPE_BUS = `find ${NATS_STORE} ${entries()} -exec rm -rf {} +`;

/** Moves all that a volume holds into a folder in it; fails rather than mixes two of them. */
export function moveAside(folder: string, name: string): string {
  return `mkdir ${folder}/${name} && find ${folder} ${entries()} -exec mv -t ${folder}/${name} {} + && sync`;
}

export function shiftClock(offsetMs: number): string {
  return offsetMs === 0 ? `rm -f ${CLOCK_FILE}` : flushed(CLOCK_FILE, `echo ${offsetMs} >`);
}

/** All but what was moved aside earlier. */
function entries(): string {
  return `-mindepth 1 -maxdepth 1 ! -name '${ASIDE}*'`;
}

function flushed(path: string, write: string): string {
  return `${write} ${path} && sync ${path} ${DATA_FOLDER}`;
}
