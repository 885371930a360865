/** The part of rocksdb-native's interface that the benchmark uses; the package brings no types. */
declare module "rocksdb-native" {
  interface RocksBatch {
    put(key: Buffer, value: Buffer): Promise<void>;
    delete(key: Buffer): Promise<void>;
    flush(): Promise<void>;
    destroy(): void;
  }
  class RocksDB {
    constructor(path: string, options: object);
    write(options: { capacity: number }): RocksBatch;
    get(key: Buffer): Promise<Buffer | null>;
    flush(): Promise<void>;
    close(): Promise<void>;
  }
  export = RocksDB;
}
