/** The items changed one by one, none held. */
export function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Generator<U> {
  for (const item of items) yield change(item);
}

/** The items of several lists, one list after the other. */
export function* chained<T>(...lists: readonly Iterable<T>[]): Generator<T> {
  for (const items of lists) yield* items;
}
