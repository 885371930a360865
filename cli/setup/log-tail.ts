/** The last lines of a process's log file, made readable: what a person needs when it died. */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from "node:fs";

const TAIL_BYTES = 64 * 1024;
/** A log above this is put aside (one old file is kept) when its process starts. */
const ROTATE_BYTES = 64 * 1024 * 1024;

export function lastLogLines(path: string, count: number): string[] {
  if (!existsSync(path)) return [];
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return lastLines(bytes.toString(), count);
  } finally {
    closeSync(file);
  }
}

/** The last lines of a log's text, made readable. */
export function lastLines(text: string, count: number): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).map(readableLine);
}

/** Lines written since the file had `from` bytes, bounded by the end of it. */
export function readLinesFrom(path: string, from: number): string[] {
  const bytes = readFileSync(path).subarray(from).subarray(-TAIL_BYTES);
  return bytes
    .toString()
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(readableLine);
}

/** Keeps a log from growing without bound over many starts. */
export function rotateLog(path: string): void {
  if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
}

/** Our processes log JSON: level, message and error are shown; other lines stay as they are. */
function readableLine(line: string): string {
  if (!line.startsWith("{")) return line;
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line);
  } catch {
    // Cut off by a kill in the middle of a line.
    return line;
  }
  const level = LEVELS[String(fields["level"])] ?? "";
  const error = fields["err"] ?? fields["error"] ?? fields["reason"];
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  const cause = message === undefined ? "" : `: ${String(message)}`;
  return `${level}${String(fields["msg"] ?? "")}${cause}`;
}

/** pino's numbers. */
const LEVELS: Record<string, string> = { 40: "warning: ", 50: "error: ", 60: "fatal: " };
