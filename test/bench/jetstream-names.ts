/** Names in the JetStream of the measurement of JetStream alone. */
export const BENCH_STREAM = "BENCH";
export const BENCH_SUBJECT = "bench.all";
export const BENCH_CONSUMER = "bench";
/** The key-value bucket's stream and subjects (KV names them so), and its mirror. */
export const KV_STREAM = "KV_lag";
export const MIRROR_SUBJECT = "$KV.lag";
export const MIRROR_STREAM = "KV_lag_mirror";
