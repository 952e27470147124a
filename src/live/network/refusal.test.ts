import { describe, expect, it } from 'vitest';
import { ArchitectureError } from '../../graph/architectures/builder.ts';
import { NetworkRefusal, networkProblem } from './refusal.ts';

describe('why a network cannot be had', () => {
  it('ends the words of the library with a full stop, since ours follow them', () => {
    const messageOf = (words: string) => networkProblem(new ArchitectureError('pool', words)).values;
    expect(messageOf('Output size is too small')).toEqual({ message: 'pool: Output size is too small.' });
    expect(messageOf('It ends.')).toEqual({ message: 'pool: It ends.' });
  });

  it('gives the sizes of what takes too much memory', () => {
    const values = { node: 'features.30', size: '52 MB', limit: '42 MB' };
    const problem = networkProblem(new NetworkRefusal('gradient-over-memory', 'too much', values));
    expect(problem).toEqual({ kind: 'network', code: 'gradient-over-memory', values });
  });
});
