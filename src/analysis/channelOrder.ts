/**
 * Orders in which the channels of a correlation matrix are drawn: as stored, by group, or so that similar ones stand together.
 * Clusters: hierarchical, by average linkage over |correlation|, found along chains of nearest neighbours (Müllner 2011,
 * arXiv 1109.2378) in O(n²). Each join turns its two sides so that the most similar ends touch.
 */
import type { Matrix } from '../math/matrix.ts';

/** Stable: channels of a group keep their order. `groups[c]`: the group of channel c. */
export function orderByGroup(groups: ArrayLike<number>): readonly number[] {
  return [...Array(groups.length).keys()].sort((a, b) => groups[a]! - groups[b]! || a - b);
}

/** `similarity` [C, C], symmetric; its absolute values count. A permutation: position → channel. */
export function orderByCluster({ rows: n, values }: Matrix): readonly number[] {
  if (n === 0) return [];
  const between = Float64Array.from(values, Math.abs);
  const similarity = (a: number, b: number) => Math.abs(values[a * n + b]!);
  /** Channels of the cluster that has this number, in their order; null once it has joined another. */
  const clusters: (number[] | null)[] = Array.from({ length: n }, (_, c) => [c]);
  const chain: number[] = [];
  for (let joined = 1; joined < n; ) {
    if (chain.length === 0) chain.push(clusters.findIndex((cluster) => cluster !== null));
    const last = chain.at(-1)!;
    const before = chain.at(-2) ?? -1;
    const nearest = nearestTo(last, before, clusters, between);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [kept, gone] = last < before ? [last, before] : [before, last];
    const [a, b] = [clusters[kept]!, clusters[gone]!];
    averageInto(between, n, kept, gone, a.length, b.length);
    clusters[kept] = touching(a, b, similarity);
    clusters[gone] = null;
    joined++;
  }
  return clusters.find((cluster) => cluster !== null) ?? [];
}

/** The most similar other cluster; the one before in the chain where it is as similar as any. */
function nearestTo(of: number, before: number, clusters: readonly (number[] | null)[], between: Float64Array): number {
  const n = clusters.length;
  let nearest = before;
  for (let other = 0; other < n; other++) {
    if (other === of || clusters[other] === null) continue;
    if (nearest < 0 || between[of * n + other]! > between[of * n + nearest]!) nearest = other;
  }
  return nearest;
}

/** Average linkage: the similarity of the joined cluster to any other is the mean over its members. */
function averageInto(
  between: Float64Array,
  n: number,
  kept: number,
  gone: number,
  sizeKept: number,
  sizeGone: number,
): void {
  for (let other = 0; other < n; other++) {
    const mean =
      (sizeKept * between[kept * n + other]! + sizeGone * between[gone * n + other]!) / (sizeKept + sizeGone);
    between[kept * n + other] = mean;
    between[other * n + kept] = mean;
  }
}

/** Both side by side, turned so that the ends that meet are the most similar of the four pairs. */
function touching(a: readonly number[], b: readonly number[], similarity: (a: number, b: number) => number): number[] {
  const ways = [
    [a, b],
    [a, b.toReversed()],
    [a.toReversed(), b],
    [a.toReversed(), b.toReversed()],
  ] as const;
  const meets = ways.map(([left, right]) => similarity(left.at(-1)!, right[0]!));
  const [left, right] = ways[meets.indexOf(Math.max(...meets))]!;
  return [...left, ...right];
}
