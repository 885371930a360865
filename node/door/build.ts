/**
 * The server version that clients are told. They switch on what they use by it: from 4.9 partition
 * scans (older is refused), 5.7 `query-show`, 6.0 partition queries and batches of any operation
 * (which we have), 8.0 transactions, 8.1 `user-agent-set` and other names for admin commands, 8.1.2
 * projections in queries, 8.1.3 string operations. So 7.2 turns on all that is here and nothing that
 * is not.
 */
export const BUILD = "7.2.0.0";
