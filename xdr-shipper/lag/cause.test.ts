/** Proves that every cause is told by its own sign, and of several the one that stops the most. */
import { expect, test } from "vitest";
import { type Cause, causeOf, gravest, type Signs } from "./cause.ts";

const WELL: Signs = {
  ...{ shutOut: false, held: false, pace: null, busOpen: true, connected: true, served: true, waiting: 0 },
  ...{ recovering: 0, retrying: 0, records: 0, seconds: 0, stalled: false, parked: false },
  ...{ worstShare: 0, windowFull: false },
};

test.each<[Cause, Partial<Signs>]>([
  ["none", {}],
  ["none", { records: 50, seconds: 0.3 }],
  ["none", { parked: true }],
  ["none", { records: 5, worstShare: 1, seconds: 0.1 }],
  ["none", { served: undefined }],
  ["shut-out", { shutOut: true, connected: false }],
  ["held", { held: true, windowFull: true }],
  ["paused", { pace: "paused", stalled: true, busOpen: false }],
  ["throttled", { pace: "throttled", records: 1000, worstShare: 0.9 }],
  ["bus-down", { busOpen: false, connected: false }],
  ["destination-down", { connected: false, waiting: 3, recovering: 1 }],
  ["namespace-missing", { served: false, waiting: 4096 }],
  ["no-primary", { waiting: 1, recovering: 1 }],
  ["recovery", { recovering: 2, retrying: 1 }],
  ["parked", { stalled: true, parked: true, records: 1 }],
  ["lost-or-refused", { retrying: 1, windowFull: true }],
  ["hot-partition", { records: 1000, worstShare: 0.9, windowFull: true }],
  ["window-full", { windowFull: true, records: 1000, seconds: 5 }],
  ["behind", { records: 1, seconds: 1 }],
])("%s: %j", (cause, signs) => {
  expect(causeOf({ ...WELL, ...signs })).toBe(cause);
});

test("of several links the gravest is told", () => {
  expect(gravest(["none", "behind", "bus-down", "recovery"])).toBe("bus-down");
  expect(gravest(["none", "none"])).toBe("none");
  expect(gravest([])).toBe("none");
  expect(gravest(["off", "none"])).toBe("none");
  expect(gravest(["off", "off"])).toBe("off");
});
