/**
 * The layer's numbers, made from what the workspace says of them. Learned banks and edited filters may have to be fetched first: until
 * then there are no parameters, and `onReady` tells when there are.
 */

import type { FormatResult } from '../formats/formatError.ts';
import type { FilterBank } from '../formats/learnedBank.ts';
import { convOf } from '../graph/explore.ts';
import type { LearnedBank } from '../graph/weights/filterState.ts';
import { type MaterialisedWeights, materialise } from '../graph/weights/materialise.ts';
import type { BlobStore } from '../store/blobs.ts';
import type { Workspace } from '../store/workspace.ts';
import type { Problem } from './results.ts';

interface ParameterKeeperOptions {
  readonly blobs: BlobStore;
  readonly loadBank: (name: LearnedBank) => Promise<FormatResult<FilterBank>>;
  readonly onReady: () => void;
  /** What was fetched is not to be had: the former parameters stay. */
  readonly onMissing: () => void;
  readonly onProblem: (problem: Problem) => void;
}

export interface ParameterKeeper {
  /** The parameters of the focused layer; the same object for the same weights and layer. Null while something is being fetched. */
  of(workspace: Workspace): MaterialisedWeights | null;
}

/** Bytes of an edited filter as float32 values (the blob store gives bytes at any alignment). */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}

export function createParameterKeeper(options: ParameterKeeperOptions): ParameterKeeper {
  const banks = new Map<LearnedBank, FilterBank>();
  const fetching = new Set<string>();
  let last: { readonly weights: unknown; readonly conv: unknown; readonly made: MaterialisedWeights } | null = null;

  /** Runs `work` once per key; a failed one is tried again when it is asked for again. */
  function fetchOnce(key: string, work: () => Promise<boolean>): void {
    if (fetching.has(key)) return;
    fetching.add(key);
    void work().then((isThere) => {
      fetching.delete(key);
      if (isThere) options.onReady();
      else options.onMissing();
    });
  }

  function fetchBank(name: LearnedBank): void {
    fetchOnce(`bank/${name}`, async () => {
      const loaded = await options.loadBank(name);
      if (loaded.ok) banks.set(name, loaded.value);
      else
        options.onProblem({
          kind: 'file',
          code: loaded.error.code,
          values: { ...loaded.error.values, part: name, name },
        });
      return loaded.ok;
    });
  }

  function fetchFilter(hash: string): void {
    fetchOnce(`filter/${hash}`, async () => {
      const bytes = await options.blobs.get(hash);
      if (!bytes) options.onProblem({ kind: 'storage', code: 'blob-missing', values: {} });
      return bytes !== undefined;
    });
  }

  return {
    of(workspace) {
      const conv = convOf(workspace.graph, workspace.focus);
      const weights = workspace.weights[workspace.focus];
      if (!weights) return null;
      if (last?.weights === weights && last.conv === conv) return last.made;
      let isComplete = true;
      for (const { recipe } of weights.filters) {
        if (recipe.kind === 'learned' && !banks.has(recipe.bank)) {
          isComplete = false;
          fetchBank(recipe.bank);
        }
        if (recipe.kind === 'custom' && !options.blobs.peek(recipe.hash)) {
          isComplete = false;
          fetchFilter(recipe.hash);
        }
      }
      if (!isComplete) return null;
      const made = materialise(weights, conv, {
        learned: (name) => {
          const bank = banks.get(name);
          return bank ? { values: bank.weight, shape: bank.shape } : null;
        },
        custom: (hash) => {
          const bytes = options.blobs.peek(hash);
          return bytes ? floatsOf(bytes) : null;
        },
      });
      last = { weights, conv, made };
      return made;
    },
  };
}
