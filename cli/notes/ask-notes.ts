/**
 * Asks the nodes of a set-up for their notes, and to act on one. Only primaries answer; a partition that
 * nobody leads now is missing from a list, and refused when it is asked for.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { askAdmin } from "../setup/admin-client.ts";
import { datacenterNamed } from "../setup/layout.ts";
import type { LoggedDatacenter, Setup } from "../setup/setup.ts";
import { askNode } from "../verify/ask-partitions.ts";
import { formatNoteId, type NoteId } from "./note-id.ts";

const ASK_MS = 10_000;

export interface NotesWanted {
  readonly type: "conflict" | "parked";
  readonly namespaces: readonly string[];
  /** Of one record only. */
  readonly digest?: string | undefined;
}

/** All notes of datacenters, their ids made whole. */
export async function listNotes<Note extends { readonly id: string }>(
  datacenters: readonly LoggedDatacenter[],
  { type, namespaces, digest }: NotesWanted,
  schema: z.ZodType<Note>,
): Promise<(Note & { readonly datacenter: string; readonly namespace: string })[]> {
  const page = z.object({ notes: z.array(schema), next: z.string().nullable() });
  const found: (Note & { readonly datacenter: string; readonly namespace: string })[] = [];
  for (const { name: datacenter, nodes } of datacenters) {
    for (const namespace of namespaces) {
      for (const { adminPort } of nodes) {
        for (let after: string | null = ""; after !== null; ) {
          const query = new URLSearchParams({ namespace, type, ...(after === "" ? {} : { after }) });
          if (digest !== undefined) query.set("digest", digest);
          const answer: z.infer<typeof page> | undefined = await askNode(
            adminPort,
            `/notes?${query}`,
            page,
            undefined,
            ASK_MS,
          );
          for (const note of answer?.notes ?? []) {
            const id = formatNoteId({ datacenter, namespace, place: note.id });
            found.push({ ...note, id, datacenter, namespace });
          }
          after = answer?.next ?? null;
        }
      }
    }
  }
  return found;
}

/** One note, of the node that leads its partition. Throws NOT_FOUND, UNAVAILABLE. */
export async function showNote<Note>(setup: Setup, id: NoteId, schema: z.ZodType<Note>): Promise<Note> {
  const answer = z.object({ note: schema });
  return (await askLeader(setup, id, (url) => askAdmin(url("/note"), answer, { timeoutMs: ASK_MS }))).note;
}

/** Asks the node that leads a note's partition to act on it. */
export async function actOnNote<Answer>(
  setup: Setup,
  id: NoteId,
  path: "/restore" | "/retry",
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  return await askLeader(setup, id, async (url, node) =>
    askAdmin(url(path), schema, {
      method: "POST",
      token: await setup.nodeToken(node),
      timeoutMs: ASK_MS,
    }),
  );
}

/** Asks one node after the other until one is the primary: the others refuse, and do nothing. */
async function askLeader<Answer>(
  setup: Setup,
  { datacenter, namespace, place }: NoteId,
  ask: (url: (path: string) => string, node: string) => Promise<Answer>,
): Promise<Answer> {
  const query = new URLSearchParams({ namespace, id: place });
  for (const { name, adminPort } of datacenterNamed(setup, datacenter).nodes) {
    try {
      return await ask((path) => `http://127.0.0.1:${adminPort}${path}?${query}`, name);
    } catch (error) {
      const passing = error instanceof MeridianError && ["LINK_DOWN", "NOT_PRIMARY"].includes(error.code);
      if (!passing) throw error;
    }
  }
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter} leads the partition now`);
}
