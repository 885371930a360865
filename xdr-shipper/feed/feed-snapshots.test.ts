/** Proves whom a reader's question for records is answered by, and that views are bounded and freed. */
import { expect, test } from "vitest";
import { FEED_SNAPSHOTS_MAX } from "../../common/limits.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { encodeRecordRows } from "../../proto/record-rows.ts";
import { FeedSnapshots } from "./feed-snapshots.ts";

const { ScanPull, ScanChunk } = meridian.tail;
const DIGEST = Buffer.alloc(20, 7);

class Scene {
  now = 0;
  node = 1;
  readonly sent: [MessageType, Uint8Array][] = [];
  readonly told: unknown[] = [];
  readonly snapshots = new FeedSnapshots({
    now: () => this.now,
    lanes: () => [0, 1],
    logId: () => 11,
    primary: () => this.node,
    send: (_node, type, meta) => this.sent.push([type, meta]),
    encode: ({ sequence }, row) => (row.image === undefined ? undefined : Buffer.from(`at ${sequence}`)),
  });

  ask(partition: number, chunk = 0, scan = "s"): void {
    this.snapshots.ask(
      { scan, partition, chunk, tombstones: false },
      {
        record: (message) => this.told.push(Buffer.from(message).toString()),
        end: (end) => this.told.push(end),
      },
    );
  }

  /** The node answers the last question. */
  answer(last: boolean, error = ""): void {
    const meta = this.sent.at(-1)?.[1] ?? new Uint8Array();
    const { scan, slot, chunk } = ScanPull.decode(meta);
    const rows = [
      { digest: DIGEST, image: Buffer.from("image") },
      { digest: DIGEST, image: undefined },
    ];
    this.snapshots.receive({
      type: MessageType.scanChunk,
      meta: Buffer.from(ScanChunk.encode({ scan, slot, chunk, last, to: 40, records: 2, error }).finish()),
      body: error === "" ? Buffer.concat(encodeRecordRows(rows)) : Buffer.alloc(0),
    });
  }
}

test("chunks in their order, each ended by how many records it has and where they stood", () => {
  const scene = new Scene();
  scene.ask(4);
  scene.answer(false);
  scene.ask(4, 1);
  scene.answer(true);
  const end = { log: 11, partition: 4, sequence: 40, records: 1 };
  expect(scene.told).toEqual(["at 40", { ...end, last: false }, "at 40", { ...end, last: true }]);
  // All of it is read: its view is gone.
  scene.ask(4, 2);
  expect(scene.told.at(-1)).toMatchObject({ error: { code: "UNAVAILABLE" } });
});

test("lanes of another instance are its to answer", () => {
  const scene = new Scene();
  scene.ask(2);
  expect([scene.told, scene.sent]).toEqual([[], []]);
});

test("without a primary, with one that refuses, or that goes, the reader is told", () => {
  const scene = new Scene();
  scene.node = -1;
  scene.ask(4);
  expect(scene.told).toMatchObject([{ error: { code: "UNAVAILABLE" } }]);
  scene.node = 1;
  scene.ask(4);
  scene.answer(false, "not primary of the slot");
  expect(scene.told.at(-1)).toMatchObject({ error: { message: "not primary of the slot" } });
  scene.ask(4);
  scene.snapshots.gone(1);
  expect(scene.told).toHaveLength(3);
  // What comes late is nobody's.
  scene.answer(true);
  expect(scene.told).toHaveLength(3);
});

test("more than the bound are refused, until those that nobody asks for any more are dropped", () => {
  const scene = new Scene();
  for (let number = 0; number < FEED_SNAPSHOTS_MAX; number++) scene.ask(4 * number, 0, `s${number}`);
  expect(scene.told).toEqual([]);
  scene.ask(1, 0, "more");
  expect(scene.told).toMatchObject([{ error: { code: "BUSY" } }]);
  scene.now = 60_001;
  scene.snapshots.tick();
  const drops = scene.sent.filter(([type]) => type === MessageType.scanDrop);
  expect(drops).toHaveLength(FEED_SNAPSHOTS_MAX);
  scene.ask(1, 0, "more");
  expect(scene.told).toHaveLength(1);
});
