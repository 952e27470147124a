/** Which of `channels` maps are shown: four spread evenly, the pinned one in the place of the nearest of them. */
export function shownChannels(pinned: number, channels: number): readonly number[] {
  const spread = Array.from({ length: Math.min(4, channels) }, (_, i) =>
    Math.floor(((i + 0.5) * channels) / Math.min(4, channels)),
  );
  const channel = Math.min(pinned, channels - 1);
  if (spread.includes(channel)) return spread;
  const distance = (other: number) => Math.abs(other - channel);
  const nearest = spread.reduce((best, other) => (distance(other) < distance(best) ? other : best), spread[0] ?? 0);
  return spread.map((other) => (other === nearest ? channel : other));
}
