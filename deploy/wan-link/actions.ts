/**
 * What may be done to the WAN link, as POST routes of its admin port:
 *
 *   /cut?a=dc-a&b=dc-b[&mode=reset]      nothing passes, either way
 *   /heal?a=dc-a&b=dc-b                  cut and stalls end, shapes stay
 *   /stall?from=dc-a&to=dc-b             one way only
 *   /shape?a=dc-a&b=dc-b&delay-ms=40&jitter-ms=5&kbit-per-second=50000
 *   /shape?from=dc-a&to=dc-b             one way only; what is not said is 0: no shape
 */
import { MeridianError } from "../../common/errors.ts";
import type { Shape } from "./shaper.ts";
import type { WanLink } from "./wan-link.ts";

const DELAY_MS_MAX = 60_000;
const KBIT_MAX = 100_000_000;

type Action = (query: URLSearchParams) => unknown;

/** The routes by path; `noted` is told of what was done, and gives the answer. */
export function wanLinkActions(
  link: WanLink,
  noted: (change: string, query: URLSearchParams) => unknown,
): Record<string, Action> {
  return {
    "/cut": (query) => {
      const mode = query.get("mode") === "reset" ? "reset" : "blackhole";
      link.cut(required(query, "a"), required(query, "b"), mode);
      return noted("cut", query);
    },
    "/heal": (query) => {
      link.heal(required(query, "a"), required(query, "b"));
      return noted("heal", query);
    },
    "/stall": (query) => {
      link.stall(required(query, "from"), required(query, "to"));
      return noted("stall", query);
    },
    "/shape": (query) => {
      const shape = shapeOf(query);
      if (query.has("from")) link.setShape(required(query, "from"), required(query, "to"), shape);
      else {
        const [a, b] = [required(query, "a"), required(query, "b")];
        link.setShape(a, b, shape);
        link.setShape(b, a, shape);
      }
      return noted("shape", query);
    },
  };
}

function shapeOf(query: URLSearchParams): Shape {
  return {
    delayMs: number(query, "delay-ms", DELAY_MS_MAX),
    jitterMs: number(query, "jitter-ms", DELAY_MS_MAX),
    kbitPerSecond: number(query, "kbit-per-second", KBIT_MAX),
  };
}

function number(query: URLSearchParams, name: string, most: number): number {
  const text = query.get(name) ?? "0";
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= most) return value;
  throw new MeridianError("BAD_REQUEST", `${name}: a number from 0 to ${most} is needed`);
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new MeridianError("BAD_REQUEST", `${name} is missing`);
  return value;
}
