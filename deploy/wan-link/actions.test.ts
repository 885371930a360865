/**
 * Proves of the WAN link's admin actions that each does to the ways named what it says and to no other,
 * and that a request which names no link, or no number, is refused and changes nothing.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { wanLinkActions } from "./actions.ts";
import { WanLink } from "./wan-link.ts";

let link: WanLink;
let noted: string[];
beforeEach(async () => {
  noted = [];
  const targets = ["127.0.0.1:9"];
  link = await WanLink.start("127.0.0.1", [
    { origin: "dc-a", destination: "dc-b", port: 0, targets },
    { origin: "dc-b", destination: "dc-a", port: 0, targets },
    { origin: "dc-a", destination: "dc-c", port: 0, targets },
  ]);
});
afterEach(() => link.close());

function act(request: string): void {
  const [path = "", query] = request.split("?");
  wanLinkActions(link, (change) => noted.push(change))[path]?.(new URLSearchParams(query));
}

/** Each way that is not as it was in the beginning. */
function changed(): string[] {
  return link
    .status()
    .ways.filter((way) => way.state !== "up" || way.delayMs + way.jitterMs + way.kbitPerSecond > 0)
    .map(({ from, to, state, delayMs, jitterMs, kbitPerSecond }) =>
      [from, to, state, delayMs, jitterMs, kbitPerSecond].join(" "),
    )
    .sort();
}

test("cut, stall and heal", () => {
  act("/cut?a=dc-a&b=dc-b");
  expect(changed()).toEqual(["dc-a dc-b stalled 0 0 0", "dc-b dc-a stalled 0 0 0"]);
  act("/heal?a=dc-b&b=dc-a");
  expect(changed()).toEqual([]);
  act("/stall?from=dc-a&to=dc-c");
  expect(changed()).toEqual(["dc-a dc-c stalled 0 0 0"]);
  expect(noted).toEqual(["cut", "heal", "stall"]);
});

test("shapes of both ways or one; what is not said is no shape; healing keeps them", () => {
  act("/shape?a=dc-a&b=dc-b&delay-ms=40&jitter-ms=2.5");
  act("/shape?from=dc-a&to=dc-b&kbit-per-second=1000");
  act("/heal?a=dc-a&b=dc-b");
  expect(changed()).toEqual(["dc-a dc-b up 0 0 1000", "dc-b dc-a up 40 2.5 0"]);
  act("/shape?a=dc-a&b=dc-b");
  expect(changed()).toEqual([]);
});

const WRONG: [request: string, says: RegExp][] = [
  ["/cut?a=dc-a", /b is missing/],
  ["/cut?a=dc-a&b=dc-x", /no WAN link between dc-a and dc-x/],
  ["/stall?from=dc-b&to=dc-c", /no WAN link between dc-b and dc-c/],
  ["/shape?a=dc-a&b=dc-b&delay-ms=soon", /delay-ms: a number/],
  ["/shape?a=dc-a&b=dc-b&delay-ms=-1", /delay-ms: a number/],
  ["/shape?from=dc-a&delay-ms=1", /to is missing/],
];
test.each(WRONG)("%s is refused", (request, says) => {
  expect(() => act(request)).toThrow(says);
  expect([changed(), noted]).toEqual([[], []]);
});
