import type { PhotoFormat } from '../formats/image/photo.ts';

/** What all samples are. */
export const sampleFormat: PhotoFormat = 'WebP';

/** The bytes of a sample photo, by file name without ending. Rejects where it cannot be had. */
export async function fetchSample(name: string): Promise<Blob> {
  const response = await fetch(`${import.meta.env.BASE_URL}samples/${encodeURIComponent(name)}.webp`);
  if (!response.ok) throw new Error(`sample ${name}: HTTP ${response.status}`);
  return response.blob();
}
