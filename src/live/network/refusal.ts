/** Why a network cannot be had, for the person: a code with its numbers under `problems.network`, or the device's own error. */
import { EngineError } from '../../engine/engine.ts';
import { ArchitectureError } from '../../graph/architectures/builder.ts';
import type { Problem } from '../results.ts';
import { problemOf } from '../runner.ts';

/** Thrown where the layers of a state make no network, or more is asked of it than there may be memory for. */
export class NetworkRefusal extends Error {
  constructor(
    readonly code: 'unreadable' | 'over-memory' | 'gradient-over-memory',
    message: string,
    readonly values: Problem['values'] = {},
  ) {
    super(message);
  }
}

export function networkProblem(error: unknown): Problem {
  if (error instanceof EngineError) {
    const code = error.code === 'out-of-memory' || error.code === 'too-large' ? error.code : null;
    return code ? { ...problemOf(error), kind: 'network' } : problemOf(error);
  }
  if (error instanceof NetworkRefusal && error.code !== 'unreadable')
    return { kind: 'network', code: error.code, values: error.values };
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof NetworkRefusal ? error.code : error instanceof ArchitectureError ? 'too-small' : 'failed';
  return { kind: 'network', code, values: { message: asSentence(message) } };
}

/** PyTorch's words have no full stop; ours follow them on the same line. */
function asSentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
