/**
 * The frame reader: the same frames come out however the bytes are cut into chunks; what cannot be a
 * frame is out of step at once; and a claimed length costs no memory.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frame } from "../../test/door/request-builder.ts";
import { FrameReader } from "./frame-reader.ts";

const MAX = 1024 * 1024;

/** All frames that come out of chunks, as [type, body]. */
function readAll(reader: FrameReader, chunks: readonly Buffer[]): [number, string][] {
  const frames: [number, string][] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    while (reader.next() === "frame") {
      const { type, buffer, bodyStart, bodyEnd } = reader;
      frames.push([type, buffer.toString("hex", bodyStart, bodyEnd)]);
    }
  }
  return frames;
}

describe("FrameReader", () => {
  test("finds the same frames in any cut", () => {
    const bodies = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.uint8Array({ maxLength: 300 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(4000), { maxLength: 30 }), (frames, cuts) => {
        const bytes = Buffer.concat(frames.map(([type, body]) => frame(type, body)));
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        const reader = new FrameReader(MAX);
        const expected = frames.map(([type, body]) => [type, Buffer.from(body).toString("hex")]);
        expect(readAll(reader, chunks)).toEqual(expected);
        expect(reader.pendingBytes).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("goes on where it stopped while frames wait", () => {
    const reader = new FrameReader(MAX);
    reader.push(Buffer.concat([frame(3, Buffer.from("one")), frame(3, Buffer.from("two"))]));
    expect(reader.next()).toBe("frame");
    reader.push(frame(1, Buffer.from("three")));
    expect(reader.next()).toBe("frame");
    expect(reader.buffer.toString("latin1", reader.bodyStart, reader.bodyEnd)).toBe("two");
    expect(reader.next()).toBe("frame");
    expect(reader.buffer.toString("latin1", reader.bodyStart, reader.bodyEnd)).toBe("three");
    expect(reader.next()).toBe("more");
  });

  test.each([
    ["another version", Buffer.from([3, 3, 0, 0, 0, 0, 0, 1])],
    ["an unknown type", Buffer.from([2, 9, 0, 0, 0, 0, 0, 1])],
    ["TLS", Buffer.from([0x16, 0x03, 0x01, 0x02, 0, 1, 0, 1])],
    ["HTTP", Buffer.from("GET / HTTP/1.1\r\n")],
    ["a body above the limit", Buffer.from([2, 3, 0, 0, 0, 0x10, 0, 1])],
    ["a body of 2^40 bytes", Buffer.from([2, 3, 1, 0, 0, 0, 0, 0])],
  ])("%s is out of step", (_name, bytes) => {
    const reader = new FrameReader(MAX);
    reader.push(bytes);
    expect(reader.next()).toBe("outOfStep");
    expect(reader.fault).not.toBe("");
  });

  test("keeps a copy of a few left-over bytes, not their chunk", () => {
    const reader = new FrameReader(MAX);
    const big = frame(3, Buffer.alloc(60_000));
    reader.push(Buffer.concat([big, Buffer.from([2, 3, 0])]));
    expect(reader.next()).toBe("frame");
    expect(reader.next()).toBe("more");
    expect(reader.pendingBytes).toBe(3);
    expect(reader.buffer.length).toBe(0);
    reader.push(Buffer.from([0, 0, 0, 0, 1, 7]));
    expect(reader.next()).toBe("frame");
    expect(reader.buffer[reader.bodyStart]).toBe(7);
  });
});
