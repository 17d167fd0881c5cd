type Index = { readonly places: Map<string, number>; length: number };

const indexes = new WeakMap<readonly unknown[], Index>();

/** Where the item with this key is in a list whose items have different keys. */
export function placeOf<T>(list: readonly T[], key: string, keyOf: (item: T) => string): number | undefined {
  const place = indexOf(list, keyOf).places.get(key);
  return place !== undefined && place < list.length ? place : undefined;
}

/**
 * Lets a list that has the keys of another, and maybe more behind them, share what is known of these: each of a thousand
 * `withColumn` would else look at all that came before.
 */
export function sharePlaces<T>(from: readonly T[], list: readonly T[], keyOf: (item: T) => string): void {
  const index = indexOf(from, keyOf);
  // Another list goes on from there.
  if (index.length !== from.length) return;
  for (let place = from.length; place < list.length; place++) index.places.set(keyOf(list[place] as T), place);
  index.length = list.length;
  indexes.set(list, index);
}

function indexOf<T>(list: readonly T[], keyOf: (item: T) => string): Index {
  let index = indexes.get(list);
  if (index === undefined) {
    index = { places: new Map(list.map((item, place) => [keyOf(item), place])), length: list.length };
    indexes.set(list, index);
  }
  return index;
}
