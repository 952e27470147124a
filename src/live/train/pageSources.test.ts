import { expect, it } from 'vitest';
import { createBlobStore } from '../../store/blobs.ts';
import { pageSources } from './pageSources.ts';

it('a file that was just added is at hand where the database takes nothing', async () => {
  const refuse = () => Promise.reject(new Error('no database'));
  const keyValue = { get: refuse, set: refuse, keys: refuse, removeIf: refuse };
  const blobs = createBlobStore({ keyValue, onProblem: () => undefined });
  const { bytesOf } = pageSources(blobs);
  const bytes = Uint8Array.of(0, 0, 8, 1);
  expect(await bytesOf(await blobs.put(bytes))).toEqual(bytes);
  expect(await bytesOf('0'.repeat(64))).toBeUndefined();
});
