/**
 * Proves that frames come out of any chunking as they went in, that no damaged frame ever comes out
 * (every single bit of header, meta and body), and that refusals carry the right code before the
 * parser buffers what it will refuse.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MeridianError } from "../common/errors.ts";
import { FRAME_BYTES_MAX } from "../common/limits.ts";
import { encodeFrame, FRAME_HEADER_BYTES, type Frame, FrameParser } from "./frame.ts";
import { MessageType } from "./message-types.ts";

interface Message {
  readonly type: number;
  readonly meta: Buffer;
  readonly bodies: readonly Buffer[];
}
const anyBytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const anyMessage: fc.Arbitrary<Message> = fc.record({
  type: fc.nat({ max: 255 }),
  meta: anyBytes(40),
  bodies: fc.array(anyBytes(60), { maxLength: 3 }),
});

function encode(message: Message): Buffer {
  return Buffer.concat(encodeFrame(message.type, message.meta, message.bodies));
}
function plain(frame: Frame): [number, string, string] {
  return [frame.type, frame.meta.toString("hex"), frame.body.toString("hex")];
}
function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof MeridianError) return error.code;
    throw error;
  }
  return "none";
}

describe("frames", () => {
  test("any chunking gives back every frame, in order", () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 20 }),
        (messages, sizes) => {
          const stream = Buffer.concat(messages.map(encode));
          const parser = new FrameParser();
          const frames: [number, string, string][] = [];
          let offset = 0;
          for (let chunk = 0; offset < stream.length; chunk++) {
            const end = offset + 1 + (sizes[chunk % sizes.length] ?? 0);
            frames.push(...parser.push(stream.subarray(offset, end)).map(plain));
            offset = end;
          }
          expect(frames).toEqual(
            messages.map(({ type, meta, bodies }) => [
              type,
              meta.toString("hex"),
              Buffer.concat(bodies).toString("hex"),
            ]),
          );
        },
      ),
    );
  });

  test("a frame with any one bit flipped never comes out", () => {
    const whole = encode({
      type: 22,
      meta: Buffer.from("meta"),
      bodies: [Buffer.from("body"), Buffer.of(0)],
    });
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const broken = Buffer.from(whole);
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const parser = new FrameParser();
      let out: readonly Frame[] = [];
      const code = codeOf(() => {
        out = parser.push(broken);
        // A length that grew waits for more: what follows must not complete it.
        if (out.length === 0) out = parser.push(Buffer.alloc(1 << 20));
      });
      expect({ bit, frames: out.length }).toEqual({ bit, frames: 0 });
      if (bit >> 3 > 3) expect(code, `bit ${bit}`).not.toBe("none");
    }
  });

  test("refusals carry their code, and come at the header", () => {
    const header = encode({ type: 1, meta: Buffer.alloc(0), bodies: [] });
    const withLength = Buffer.from(header);
    withLength.writeUInt32LE(FRAME_BYTES_MAX + 1, 0);
    expect(codeOf(() => new FrameParser().push(withLength))).toBe("FRAME_TOO_LARGE");
    const otherVersion = Buffer.from(header);
    otherVersion[4] = 2;
    expect(codeOf(() => new FrameParser().push(otherVersion))).toBe("PROTOCOL_VERSION");
    const longMeta = encode({ type: 1, meta: Buffer.alloc(4), bodies: [] });
    longMeta.writeUInt32LE(5, 8);
    expect(codeOf(() => new FrameParser().push(longMeta))).toBe("FRAME_CORRUPT");
    expect(new FrameParser().push(header.subarray(0, FRAME_HEADER_BYTES - 1))).toEqual([]);
  });

  test("too large is refused when sending, too", () => {
    const half = Buffer.alloc(FRAME_BYTES_MAX / 2);
    expect(codeOf(() => encodeFrame(1, Buffer.of(1), [half, half]))).toBe("FRAME_TOO_LARGE");
    const [head, ...bodies] = encodeFrame(1, Buffer.alloc(0), [half, half]);
    expect(head.readUInt32LE(0)).toBe(FRAME_BYTES_MAX);
    // Large bodies are written as they are, not copied.
    expect(bodies.map((body) => body === half)).toEqual([true, true]);
  });

  test("random bytes are refused or wait, and never throw anything else", () => {
    fc.assert(
      fc.property(fc.array(anyBytes(100), { minLength: 1, maxLength: 5 }), (chunks) => {
        const parser = new FrameParser();
        codeOf(() => {
          for (const chunk of chunks) parser.push(chunk);
        });
      }),
    );
  });
});

test("no message type has two names", () => {
  const numbers = Object.values(MessageType);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number > 0 && number < 256).toBe(true);
});
