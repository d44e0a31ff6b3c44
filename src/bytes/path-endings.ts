/** Values filed under how paths end: one lookup says of most paths that they end like none of them. */
export class PathEndings<T> {
  readonly #byTail = new Map<number, Filed<T>[]>();

  /** Files a value under a whole path. */
  addPath(path: string, value: T): void {
    this.#add({ whole: path, value });
  }

  /** Files a value under the last part of a path. */
  addBasename(basename: string, value: T): void {
    this.#add({ whole: basename, suffix: `/${basename}`, value });
  }

  /** Files a value under an ending of paths. */
  addSuffix(suffix: string, value: T): void {
    this.#add({ whole: suffix, suffix, value });
  }

  /** The values whose ending the path has, in the order they were filed in. */
  find(path: string): readonly T[] {
    const filed = this.#byTail.get(tailOf(path));
    if (filed === undefined) return NONE;
    const found: T[] = [];
    for (const { whole, suffix, value } of filed)
      if (path === whole || (suffix !== undefined && path.endsWith(suffix))) found.push(value);
    return found;
  }

  #add(filed: Filed<T>): void {
    const ending = filed.suffix ?? filed.whole;
    if (ending.length < TAIL) throw new Error(`${JSON.stringify(ending)} is too short for an ending`);
    const key = tailOf(ending);
    const known = this.#byTail.get(key);
    if (known === undefined) this.#byTail.set(key, [filed]);
    else known.push(filed);
  }
}

interface Filed<T> {
  readonly whole: string;
  /** What longer paths end with; absent where only the whole path counts. */
  readonly suffix?: string;
  readonly value: T;
}

const TAIL = 3;
const NONE: readonly never[] = [];

/** The last characters as a number: no text has to be made and hashed for each path. */
function tailOf(text: string): number {
  const { length } = text;
  if (length < TAIL) return -1;
  const last = text.charCodeAt(length - 1);
  return (last << 16) ^ (text.charCodeAt(length - 2) << 8) ^ text.charCodeAt(length - 3);
}
