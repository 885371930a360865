/**
 * A full-text index of the records of a feed, kept in SQLite: what a search service would be fed with.
 *
 *   NATS=nats://127.0.0.1:3900 node docs/examples/search-index.mjs dc-a orders search search.db
 *
 * Per record the last version counts, and versions come in order: an old one that comes again is
 * overwritten by what follows it.
 */
import { DatabaseSync } from "node:sqlite";
import { changes } from "meridian/changes";

const [, , datacenter, feed, consumer, file] = process.argv;
const database = new DatabaseSync(file);
database.exec(`
  PRAGMA journal_mode = WAL;
  CREATE VIRTUAL TABLE IF NOT EXISTS records USING fts5 (digest UNINDEXED, user_key UNINDEXED, text)`);
const remove = database.prepare("DELETE FROM records WHERE digest = ?");
const insert = database.prepare("INSERT INTO records (digest, user_key, text) VALUES (?, ?, ?)");

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
  if (change.kind === "gap") {
    console.error(`changes of partition ${change.position.partition} are missing: build the index anew`);
    process.exit(1);
  }
  remove.run(change.digest);
  if (change.bins === undefined) continue;
  const text = Object.values(change.bins).filter((value) => typeof value === "string");
  insert.run(change.digest, String(change.userKey), text.join("\n"));
}
database.close();
