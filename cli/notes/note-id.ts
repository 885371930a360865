/** Names a note of a set-up: `dc-b/test/1234.57`, datacenter, namespace, partition and sequence. */
import { MeridianError } from "../../common/errors.ts";

export interface NoteId {
  readonly datacenter: string;
  readonly namespace: string;
  /** `PARTITION.SEQUENCE`, as nodes name it. */
  readonly place: string;
}

export function formatNoteId({ datacenter, namespace, place }: NoteId): string {
  return `${datacenter}/${namespace}/${place}`;
}

/** Throws BAD_REQUEST unless it is one. */
export function parseNoteId(text: string): NoteId {
  const [datacenter = "", namespace = "", place = "", ...more] = text.split("/");
  if (datacenter !== "" && namespace !== "" && /^\d+\.\d+$/.test(place) && more.length === 0) {
    return { datacenter, namespace, place };
  }
  throw new MeridianError("BAD_REQUEST", `${text} is no id: they look like dc-b/test/1234.57`);
}
