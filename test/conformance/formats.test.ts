/**
 * Proves of everything that crosses processes or lies on disks (K7, L2, L3) that what another release
 * may have written is refused by name instead of being half understood: each codec is given whole
 * bytes, with right checksums, of the next format. What is additive (protobuf messages of the control
 * plane) is read on without the unknown. A Hello of another version: `node/fabric-server.test.ts`.
 * There is no earlier release to run against; with the first change of a format its old bytes join this
 * file as what must still be read.
 */
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeRegistration, encodeRegistration, registrationOf } from "../../node/controller/messages.ts";
import { checkIndex, INDEX_HEADER_BYTES, sealIndex } from "../../node/store/block-index.ts";
import { decodeHead, decodePage } from "../../node/store/checkpoint.ts";
import { decodeControl, StateReader } from "../../node/store/slot-state-codec.ts";
import { decodeMap } from "../../proto/cluster-map-codec.ts";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { encodeFrame, FrameParser } from "../../proto/frame.ts";
import { meridian as control } from "../../proto/gen/control.js";
import { MessageType } from "../../proto/message-types.ts";
import { emptyLedger } from "../../proto/ledger.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { decodeFragment, encodeEnvelope } from "../../xdr-shipper/pack/envelope.ts";

const EMPTY = new Uint8Array(0);

function refusal(act: () => unknown): { readonly code: unknown; readonly message: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: "code" in error ? error.code : undefined, message: error.message };
  }
  throw new Error("was not refused");
}

/** `bytes` with one byte changed, and the CRC-32 of `[from, end)` put right at `at`. */
function resealed(bytes: Buffer, offset: number, value: number, at: number, from: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[offset] = value;
  changed.writeUInt32LE(crc32(changed.subarray(from)), at);
  return changed;
}

function makeImage(): Buffer {
  return encodeImage({
    generation: 1,
    lut: 5n,
    sourceId: 1,
    voidTime: 0,
    tombstone: false,
    seen: [{ sourceId: 1, lut: 5n }],
    setName: EMPTY,
    userKey: EMPTY,
    binCount: 0,
    bins: EMPTY,
  });
}

function makeEntry(): Buffer {
  return encodeEntry({
    kind: EntryKind.put,
    operation: Operation.insert,
    partitionId: 1,
    epoch: 1,
    sequence: 1,
    originId: 0,
    originSequence: 0,
    originLogId: 0,
    image: makeImage(),
  });
}

function sealedEnvelope(offset: number, value: number): Buffer {
  const [message = Buffer.alloc(0)] = encodeEnvelope(
    { publisher: 1, number: 1 },
    Buffer.from("body"),
    Buffer.from("table"),
    undefined,
    1000,
  );
  message[offset] = value;
  message.writeUInt32LE(crc32(message.subarray(12), crc32(message.subarray(0, 8))), 8);
  return message;
}

describe("on disks", () => {
  test("a store of the next format does not open", () => {
    const head = Buffer.alloc(17);
    const next = resealed(head, 4, 3, 0, 4);
    expect(refusal(() => decodeHead(next))).toEqual({
      code: "STORE_FAILED",
      message: "store of unknown format 3",
    });
    for (const read of [1, 2]) {
      expect(decodeHead(resealed(head, 4, read, 0, 4))).toEqual({ firstBlock: 0, checkpointBlock: 0 });
    }
    expect(refusal(() => decodePage(Buffer.alloc(8, 1))).code).toBe("STORE_FAILED");
  });

  test("so do the index of a log block, and a control row of an unknown type", () => {
    const index = sealIndex(Buffer.alloc(INDEX_HEADER_BYTES), 0, 0, 0);
    expect(() => checkIndex(index, 3)).not.toThrow();
    expect(() => checkIndex(resealed(index, 4, 1, 0, 4), 3)).not.toThrow();
    expect(() => checkIndex(resealed(index, 4, 5, 0, 4), 3)).not.toThrow();
    expect(refusal(() => checkIndex(resealed(index, 4, 6, 0, 4), 3))).toEqual({
      code: "ENTRY_CORRUPT",
      message: "index of log block 3 has format 6; this release reads 1 to 5",
    });
    expect(refusal(() => decodeControl(Buffer.from([9, 0, 0, 0])))).toEqual({
      code: "ENTRY_CORRUPT",
      message: "control row of unknown type 9",
    });
  });

  test("a slot's state of the release before ledgers is read as one that counts nothing", () => {
    const state = Buffer.alloc(35);
    state.writeUIntLE(9, 0, 6);
    state.writeUInt16LE(1, 6);
    state.writeUInt32LE(4, 8);
    state.writeUIntLE(1, 12, 6);
    state.writeUInt16LE(1, 18);
    state[20] = 2;
    state.writeUInt32LE(70, 21);
    state.writeUIntLE(5, 29, 6);
    const known = { originId: 2, originLogId: 70, sequence: 5, ledger: emptyLedger() };
    expect(new StateReader(state).state()).toEqual({
      ...{ sequence: 9, epochHistory: [{ epoch: 4, firstSequence: 1 }], applied: [known] },
      ...{ changes: 0, conflicts: 0 },
    });
  });

  test("a record image names the format that it has", () => {
    const image = makeImage();
    expect(() => RecordImage.checked(image)).not.toThrow();
    expect(refusal(() => RecordImage.checked(resealed(image, 4, 3, 0, 4)))).toEqual({
      code: "RECORD_CORRUPT",
      message: "record image of format 3; this release reads 1 and 2",
    });
  });

  test("an entry of an unknown kind or with an unknown outcome is refused", () => {
    const entry = makeEntry();
    expect(() => Entry.checked(entry)).not.toThrow();
    for (const [offset, value] of [
      [8, 0],
      [8, 7],
      [25, 5],
    ] as const) {
      expect(refusal(() => Entry.checked(resealed(entry, offset, value, 4, 8)))).toMatchObject({
        code: "ENTRY_CORRUPT",
        message: expect.stringContaining("not known to this release"),
      });
    }
  });
});

describe("on the bus", () => {
  test("the envelope's format and its packing are refused by name", () => {
    expect(refusal(() => decodeFragment(sealedEnvelope(3, "2".charCodeAt(0))))).toEqual({
      code: "PROTOCOL_VERSION",
      message: 'ship message of format "2"; this release reads "1"',
    });
    for (const offset of [4, 7]) {
      expect(refusal(() => decodeFragment(sealedEnvelope(offset, 2))).code).toBe("PROTOCOL_VERSION");
    }
    expect(() => decodeFragment(sealedEnvelope(7, 0))).not.toThrow();
  });
});

describe("between processes of a datacenter", () => {
  test("a frame of the next version is refused at its header", () => {
    const [frame] = encodeFrame(MessageType.beacon, EMPTY, []);
    frame[4] = 2;
    expect(refusal(() => new FrameParser().push(frame)).code).toBe("PROTOCOL_VERSION");
  });
});

describe("in the control KV", () => {
  test("a cluster map of the next format is refused", () => {
    const map = control.control.ClusterMap.encode({ format: 7, version: 5 }).finish();
    expect(refusal(() => decodeMap(map))).toEqual({
      code: "MAP_UNREADABLE",
      message: "cluster map of format 7; this release reads up to 6",
    });
  });

  test("a registration with a field of a newer release is read without it", () => {
    const member = {
      id: "A1",
      name: "a1",
      rackId: 0,
      service: "h:1",
      fabric: "h:2",
      admin: "h:3",
      boot: 3,
      state: "up" as const,
      changedAt: 0,
    };
    const known = registrationOf(member, "session", ["test"], "no");
    // Field 1000, a varint.
    const newer = Buffer.concat([encodeRegistration(known), Buffer.from([0xc0, 0x3e, 7])]);
    expect(decodeRegistration(newer)).toEqual(decodeRegistration(encodeRegistration(known)));
  });
});
