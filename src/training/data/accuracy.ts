/** The share p of right answers among n, and its standard error sqrt(p (1 - p) / n): what another sample of as many might have given. */
export interface Accuracy {
  readonly right: number;
  readonly count: number;
  readonly share: number;
  readonly standardError: number;
}

export function accuracyOf(right: number, count: number): Accuracy {
  const share = right / count;
  return { right, count, share, standardError: Math.sqrt((share * (1 - share)) / count) };
}
