/** Numbers of blocks still to be read, each once, smallest first. */
export class BlockHeap {
  readonly #heap: number[] = [];
  readonly #members = new Set<number>();

  get size(): number {
    return this.#heap.length;
  }

  /** The smallest, 0 when there is none. */
  first(): number {
    return this.#heap[0] ?? 0;
  }

  add(block: number): void {
    if (this.#members.has(block)) return;
    this.#members.add(block);
    const heap = this.#heap;
    let at = heap.length;
    heap.push(block);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      const above = heap[parent] ?? 0;
      if (above <= block) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = block;
  }

  removeFirst(): void {
    const heap = this.#heap;
    this.#members.delete(this.first());
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      const below = heap[child] ?? 0;
      if (below >= last) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
  }

  /** The members below `bound`, in no order. */
  below(bound: number): number[] {
    return this.#heap.filter((block) => block < bound);
  }
}
