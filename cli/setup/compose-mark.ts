/**
 * Which containers `meridian up` has brought up, by their ids, on this machine: what a drill may break
 * without being told to. A container that somebody else has made anew since has another id.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "./project-root.ts";

/** Where what is known of containers is kept, by compose project. */
const COMPOSE_FOLDER = join(projectRoot, ".meridian", "compose");
const markSchema = z.object({ startedAt: z.string(), containers: z.array(z.string()) });

/** A folder for what commands find out of a project's set-up. */
export function composeFolder(project: string): string {
  return join(COMPOSE_FOLDER, project);
}

export function writeMark(project: string, containers: readonly string[]): void {
  mkdirSync(COMPOSE_FOLDER, { recursive: true });
  const mark: z.infer<typeof markSchema> = {
    startedAt: new Date().toISOString(),
    containers: [...containers],
  };
  writeFileSync(markPath(project), `${JSON.stringify(mark, null, 1)}\n`);
}

/** Ids of the containers that were brought up; none when there is no mark. */
export function readMark(project: string): ReadonlySet<string> {
  const path = markPath(project);
  if (!existsSync(path)) return new Set();
  return new Set(markSchema.parse(JSON.parse(readFileSync(path, "utf8"))).containers);
}

export function removeMark(project: string): void {
  rmSync(markPath(project), { force: true });
}

function markPath(project: string): string {
  return join(COMPOSE_FOLDER, `${project}.json`);
}
