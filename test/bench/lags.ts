/** Lags as the measuring processes print them for the one that reports. */
import { quantile } from "./report.ts";

export interface Lags {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly worstMs: number;
  readonly count: number;
}

export const LAGS_PRINTED = /^lags (\{.*\})$/m;

export function printLags(lagsMs: readonly number[]): void {
  const lags: Lags = {
    medianMs: quantile(lagsMs, 0.5),
    p99Ms: quantile(lagsMs, 0.99),
    worstMs: quantile(lagsMs, 1),
    count: lagsMs.length,
  };
  console.log(`lags ${JSON.stringify(lags)}`);
}

export function parseLags(match: RegExpMatchArray): Lags {
  return JSON.parse(match[1] ?? "") as Lags;
}
