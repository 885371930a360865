/**
 * An endless history of groups in which every group is a function of its number and of the groups
 * before: writer and checker of the crash test agree on what group 4711 holds without talking.
 */
import { slotOf, type Slot } from "../../proto/cluster-map.ts";
import type { StorageGroup } from "../../node/store/storage.ts";
import { sampleDigest, sampleEntry, sampleImage } from "./log-samples.ts";
import type { StorageModel } from "./storage-model.ts";

export const CRASH_SLOTS: readonly Slot[] = [slotOf(0, 3), slotOf(0, 900), slotOf(2, 3)];
const ENTRIES_A_SLOT = 12;

/** Group `number` on top of `model`, which holds all groups below it. */
export function crashGroup(number: number, model: StorageModel): StorageGroup {
  const slot = CRASH_SLOTS[number % CRASH_SLOTS.length] ?? 0;
  const meta = [{ key: "group", value: Buffer.from(String(number)) }];
  const state = model.state(slot);
  if (number % 40 === 13) {
    return { meta, clear: [slot], install: [{ slot, state: { ...state, sequence: state.sequence + 5 } }] };
  }
  if (number % 25 === 7) {
    const sequence = Math.max(model.firstSequence(slot) - 1, state.sequence - 3);
    return { meta, truncate: [{ slot, sequence }] };
  }
  const entries = CRASH_SLOTS.flatMap((one) => {
    const { sequence } = model.state(one);
    return Array.from({ length: ENTRIES_A_SLOT }, (_, at) =>
      sampleEntry({
        slot: one,
        sequence: sequence + 1 + at,
        epoch: Math.ceil(number / 50),
        digest: sampleDigest(one, (number * 7 + at * 5) % 90),
        origin: { id: 2, logId: 7, sequence: number * 100 + at },
        ...(at % 6 === 5
          ? {}
          : { image: sampleImage({ value: `${number}/${at}`.repeat(20), tombstone: at % 4 === 3 }) }),
      }),
    );
  });
  const records = [
    { slot, digest: sampleDigest(slot, 500 + (number % 9)), image: sampleImage({ value: "r" }) },
  ];
  return { meta, entries, records };
}

/** Whether the writer trims after this group; the checker reads off the storage how far it came. */
export function trimsAfter(number: number): boolean {
  return number % 15 === 0;
}
