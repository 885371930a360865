/** Structured logs: one JSON line an event on standard output (pino). */
import pino from "pino";

export type Logger = pino.Logger;

/** The process's root logger; parts take a child: `logger.child({ part: "door" })`. */
export function createLogger(fields: Record<string, unknown>, level: string): Logger {
  return pino({ level, base: { pid: process.pid, ...fields }, timestamp: pino.stdTimeFunctions.isoTime });
}
