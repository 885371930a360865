/** Proves that the queue of numbers behaves as an array, through growth, shifts and cuts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { U32Queue } from "./u32-queue.ts";

test("the queue holds what an array holds", () => {
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("push"), value: fc.nat(0xffff_ffff) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("shift"), value: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("truncate"), value: fc.nat(40) }) },
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const queue = new U32Queue();
      let model: number[] = [];
      for (const { type, value } of acts) {
        const count = Math.min(value, model.length);
        if (type === "push") {
          queue.push(value);
          model.push(value);
        } else if (type === "shift") {
          queue.shift(count);
          model = model.slice(count);
        } else {
          queue.truncate(count);
          model.length = count;
        }
        expect(queue.length).toBe(model.length);
        for (const [at, one] of model.entries()) if (queue.at(at) !== one) expect(queue.at(at)).toBe(one);
      }
    }),
  );
});
