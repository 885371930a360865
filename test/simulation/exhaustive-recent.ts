/**
 * Remembers by key what was kept or asked for lately: at least the last `enough` of them, at most twice as
 * many. In two generations: when the younger has `enough`, the older is forgotten and the younger becomes
 * the older; what is found in the older goes to the younger.
 */
export class Recent<Value> {
  readonly #enough: number;
  #younger = new Map<string, Value>();
  #older = new Map<string, Value>();

  constructor(enough: number) {
    this.#enough = enough;
  }

  get(key: string): Value | undefined {
    const young = this.#younger.get(key);
    if (young !== undefined) return young;
    const old = this.#older.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }
  set(key: string, value: Value): void {
    if (this.#younger.size >= this.#enough) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, value);
  }
}
