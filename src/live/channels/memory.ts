/** Remembers what was made last, by what it was made from: the same objects in the same order. What failed is made again. */
export interface Memory<T> {
  of(key: readonly unknown[], make: () => Promise<T>): Promise<T>;
}

export function createMemory<T>(most = 1): Memory<T> {
  const kept: { readonly key: readonly unknown[]; readonly value: T }[] = [];
  return {
    async of(key, make) {
      const known = kept.find((each) => each.key.length === key.length && each.key.every((part, i) => part === key[i]));
      if (known) return known.value;
      const value = await make();
      kept.push({ key, value });
      if (kept.length > most) kept.shift();
      return value;
    },
  };
}
