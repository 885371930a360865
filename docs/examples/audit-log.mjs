/**
 * Every version of every record of a feed, as rows of an SQLite table: who wrote what, where and when.
 *
 *   NATS=nats://127.0.0.1:3900 node docs/examples/audit-log.mjs dc-a orders audit audit.db
 *
 * A change that comes twice is one row: its position is the key.
 */
import { DatabaseSync } from "node:sqlite";
import { changes } from "meridian/changes";

const [, , datacenter, feed, consumer, file] = process.argv;
const database = new DatabaseSync(file);
database.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS audit (
    log INTEGER, partition INTEGER, sequence INTEGER,
    at TEXT, origin TEXT, outcome TEXT, operation TEXT,
    set_name TEXT, user_key TEXT, digest TEXT, generation INTEGER, bins TEXT, changed TEXT,
    PRIMARY KEY (log, partition, sequence)
  ) WITHOUT ROWID`);
const insert = database.prepare("INSERT OR IGNORE INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
const text = (value) =>
  JSON.stringify(value ?? null, (_, one) => (typeof one === "bigint" ? one.toString() : one));

const ended = new AbortController();
process.once("SIGTERM", () => ended.abort());
process.once("SIGINT", () => ended.abort());

for await (const change of changes({
  nats: process.env.NATS,
  datacenter,
  feed,
  consumer,
  signal: ended.signal,
})) {
  const { log, partition, sequence, from } = change.position;
  if (change.kind === "gap") {
    // What is missing is said in the table, too: an audit log with a hole must show it.
    const missing = `changes ${from} to ${sequence} are missing`;
    insert.run(log, partition, sequence, new Date().toISOString(), "", "gap", missing, "", "", "", 0, "", "");
    continue;
  }
  const { lut, origin, outcome, operation, set, userKey, digest, generation, bins, changed } = change;
  const at = new Date(lut).toISOString();
  insert.run(
    ...[log, partition, sequence, at, origin, outcome, operation],
    ...[set, text(userKey), digest, generation, text(bins), text(changed)],
  );
}
database.close();
