/** Whether a record is there, as far as counting is concerned; read off its image's flags. */
export const RecordState = { absent: 0, record: 1, tombstone: 2 } as const;
export type RecordState = (typeof RecordState)[keyof typeof RecordState];

/** Reads the flag only: a damaged image still counts as what it was. */
export function imageState(image: Uint8Array): RecordState {
  return ((image[5] ?? 0) & 1) === 1 ? RecordState.tombstone : RecordState.record;
}
