import type { HiddenHow } from '../model/analysis.ts';
import { ENTRY_KIND, type EntryKind, type LayerIndex } from './layer-index.ts';

/** Codes of `how` in the column; 0 says that the instance is not hidden. */
const HOW: readonly (HiddenHow | undefined)[] = [undefined, 'whiteout', 'opaque', 'overwritten', 'replaced'];

export const HOW_CODE = { whiteout: 1, opaque: 2, overwritten: 3, replaced: 4 } as const;
export type HowCode = (typeof HOW_CODE)[keyof typeof HOW_CODE];

/**
 * Every entry of every layer as one instance, numbered through all layers: which path node it belongs to, which
 * instance of the path came before it, and what hid it.
 */
export class Instances {
  readonly layers: readonly LayerIndex[];
  /** First instance of each layer, and the count of all at the end. */
  readonly #base: Int32Array;
  readonly node: Int32Array;
  /** The instance of the same path that was there before, -1 for the first. */
  readonly previous: Int32Array;
  readonly #hiddenIn: Int32Array;
  readonly #how: Uint8Array;

  constructor(layers: readonly LayerIndex[]) {
    this.layers = layers;
    this.#base = new Int32Array(layers.length + 1);
    let total = 0;
    for (const [index, layer] of layers.entries()) {
      this.#base[index] = total;
      total += layer.entries.count;
    }
    this.#base[layers.length] = total;
    this.node = new Int32Array(total).fill(-1);
    this.previous = new Int32Array(total).fill(-1);
    this.#hiddenIn = new Int32Array(total).fill(-1);
    this.#how = new Uint8Array(total);
  }

  get count(): number {
    return this.node.length;
  }

  instance(layer: number, entry: number): number {
    return (this.#base[layer] ?? 0) + entry;
  }

  layerOf(instance: number): number {
    let low = 0;
    let high = this.#base.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#base[middle] ?? 0) <= instance) low = middle;
      else high = middle;
    }
    return low;
  }

  entryOf(instance: number, layer: number): number {
    return instance - (this.#base[layer] ?? 0);
  }

  kindOf(instance: number): EntryKind {
    const layer = this.layerOf(instance);
    return kindAt(this.layers[layer], this.entryOf(instance, layer));
  }

  modeOf(instance: number): number {
    const layer = this.layerOf(instance);
    return this.layers[layer]?.entries.mode[this.entryOf(instance, layer)] ?? 0;
  }

  isHidden(instance: number): boolean {
    return this.#how[instance] !== 0;
  }

  /** The layer that hid an instance, -1 while it is present. */
  hiddenIn(instance: number): number {
    return this.#hiddenIn[instance] ?? -1;
  }

  how(instance: number): HiddenHow | undefined {
    return HOW[this.#how[instance] ?? 0];
  }

  hide(instance: number, layer: number, how: HowCode): void {
    this.#hiddenIn[instance] = layer;
    this.#how[instance] = how;
  }

  /** Whether an instance is to be seen after `layer`. */
  isVisibleAfter(instance: number, layer: number): boolean {
    if (this.layerOf(instance) > layer) return false;
    const hidden = this.hiddenIn(instance);
    return hidden < 0 || hidden > layer;
  }
}

/** Kind of a row. */
export function kindAt(layer: LayerIndex | undefined, row: number): EntryKind {
  const code = layer?.entries.kind[row];
  return KINDS[code ?? ENTRY_KIND.file] ?? ENTRY_KIND.file;
}

/** By their code. */
const KINDS: readonly EntryKind[] = Object.values(ENTRY_KIND).sort((left, right) => left - right);
