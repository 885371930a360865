/** What a format makes of a bin's value, whatever reads the value's bytes. */
export interface ValueBuilder<Value> {
  nothing(): Value;
  bool(value: boolean): Value;
  /** An integer that a number holds exactly. */
  int(value: number): Value;
  /** An integer of 64 bits, as two's complement. */
  wide(high: number, low: number): Value;
  float(value: number): Value;
  text(bytes: Buffer, start: number, end: number): Value;
  geojson(bytes: Buffer, start: number, end: number): Value;
  blob(bytes: Buffer, start: number, end: number): Value;
  hll(bytes: Buffer, start: number, end: number): Value;
  list(items: readonly Value[]): Value;
  /** Keys and values in turn. */
  map(items: readonly Value[]): Value;
}
