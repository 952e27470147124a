/** Which blobs a workspace names. */
import type { BlobHash, Workspace } from './workspace.ts';

/** SHA-256 in hex. */
export const hashPattern = /^[0-9a-f]{64}$/;

/** The photo, the painting and the filters edited by hand. */
export function hashesOf({ input, weights }: Workspace): ReadonlySet<BlobHash> {
  const hashes = new Set<BlobHash>();
  if (input.photo.kind === 'file') hashes.add(input.photo.hash);
  if (input.painting) hashes.add(input.painting.hash);
  for (const { filters } of Object.values(weights)) {
    for (const { recipe } of filters) if (recipe.kind === 'custom') hashes.add(recipe.hash);
  }
  return hashes;
}
