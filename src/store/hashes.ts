/** Which blobs a workspace names. */
import { filesOf } from './unread.ts';
import type { BlobHash, Workspace } from './workspace.ts';

/** The photo, the painting, the filters edited by hand, and a person's files of the screens. */
export function hashesOf({ input, weights, channels, train }: Workspace): ReadonlySet<BlobHash> {
  const hashes = new Set<BlobHash>();
  if (input.photo.kind === 'file') hashes.add(input.photo.hash);
  if (input.painting) hashes.add(input.painting.hash);
  for (const { filters } of Object.values(weights)) {
    for (const { recipe } of filters) if (recipe.kind === 'custom') hashes.add(recipe.hash);
  }
  for (const { hash } of [...filesOf(channels), ...filesOf(train)]) hashes.add(hash);
  return hashes;
}
