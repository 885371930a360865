/**
 * Disks that `empty` has moved aside: named by the time, in a folder beside the new ones (inside each volume
 * of containers). They are kept until somebody removes them, and this is how they are found.
 *
 * Must guarantee: nothing is removed but what is listed here.
 */
import { existsSync, lstatSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { MeridianError } from "../../common/errors.ts";
import type { DatacenterLayout } from "./layout.ts";

export const ASIDE = "aside-";
const NAME = /^aside-[\dTZ-]+$/;
const BLOCK_BYTES = 512;

export interface AsideDisks {
  readonly datacenter: string;
  /** `aside-` and the time at which they were moved. */
  readonly name: string;
  /** For people: where they are. */
  readonly place: string;
  /** That they take up on disk. */
  readonly bytes: number;
}

/** A name for what is moved aside now. */
export function asideName(now: Date): string {
  return `${ASIDE}${now.toISOString().replace(/[:.]/g, "-")}`;
}

/** The one that is named; NOT_FOUND says which there are. */
export function asideNamed(disks: readonly AsideDisks[], datacenter: string, name: string): AsideDisks {
  const own = disks.filter((one) => one.datacenter === datacenter);
  const found = own.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = own.map((one) => one.name).join(", ");
  throw new MeridianError("NOT_FOUND", `no ${name} of ${datacenter} here; there are: ${names || "none"}`);
}

/** What was moved aside in a local datacenter's folder, the oldest first. */
export function findAside({ name: datacenter, nats }: DatacenterLayout): AsideDisks[] {
  const folder = dirname(nats.store);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => ({
      ...{ datacenter, name, place: join(folder, name) },
      bytes: bytesBelow(join(folder, name)),
    }));
}

/** Deletes what `findAside` found. */
export function deleteAside({ place }: AsideDisks): void {
  rmSync(place, { recursive: true });
}

/** For a shell: a line for each in a volume's folder, its kilobytes and its name. */
export function listAsideScript(folder: string): string {
  return `cd ${folder} && for one in ${ASIDE}*; do if [ -d "$one" ]; then du -sk "$one"; fi; done`;
}

/** For a shell: deletes one of them from a volume's folder. */
export function deleteAsideScript(folder: string, { name }: AsideDisks): string {
  return `rm -rf ${folder}/${name} && sync`;
}

/** What `listAsideScript` printed beside the containers of one datacenter, the oldest first. */
export function parseAside(
  datacenter: string,
  printed: readonly { readonly service: string; readonly text: string }[],
): AsideDisks[] {
  const found = new Map<string, { services: string[]; bytes: number }>();
  for (const { service, text } of printed) {
    for (const [, kilobytes = "", name = ""] of text.matchAll(/^(\d+)\s+(\S+)$/gm)) {
      if (!NAME.test(name)) continue;
      const disks = found.get(name) ?? { services: [], bytes: 0 };
      found.set(name, disks);
      disks.services.push(service);
      disks.bytes += Number(kilobytes) * 1024;
    }
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { services, bytes }]) => {
      return { datacenter, name, place: `${name} in the volumes of ${services.join(", ")}`, bytes };
    });
}

function bytesBelow(path: string): number {
  const stats = lstatSync(path);
  const own = (stats.blocks ?? 0) * BLOCK_BYTES;
  if (!stats.isDirectory()) return own;
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), own);
}
