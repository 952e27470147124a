import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { networks } from '../../../tests/support/networkCases.ts';
import { architecture, architectureNames } from '../../graph/architectures/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { insertAfter, single } from '../../graph/network/edit.ts';
import { validateGraph } from '../../graph/validate.ts';
import type { Shape } from '../../operators/operator.ts';
import { readGraph, writeGraph } from './graphRecord.ts';

const input: Shape = [1, 3, 97, 97];
const throughJson = (record: unknown): unknown => JSON.parse(JSON.stringify(record));
const back = (graph: Graph) => readGraph(throughJson(writeGraph(graph, null)), input);

describe('a network as a record', () => {
  it('comes back the same, node by node', () => {
    fc.assert(
      fc.property(networks(8), (graph) => {
        expect(back(graph)).toEqual({ graph, dropped: [] });
      }),
      { numRuns: 40 },
    );
    for (const name of architectureNames) {
      const graph = architecture(name, input);
      expect(back(graph), name).toEqual({ graph, dropped: [] });
    }
  });

  it('is a name where the network is a built-in one, with its classes, for whatever picture it is opened', () => {
    const graph = architecture('resnet18', input, 10);
    const record = writeGraph(graph, { name: 'resnet18', input });
    expect(record).toEqual({ architecture: 'resnet18', classes: 10 });
    const other: Shape = [1, 3, 128, 64];
    expect(readGraph(throughJson(record), other)?.graph).toEqual(architecture('resnet18', other, 10));
    const edited = insertAfter(graph, 'relu', single({ kind: 'dropout', p: 0.5 })).graph;
    expect(writeGraph(edited, { name: 'resnet18', input })).toHaveProperty('nodes');
  });

  it('of ResNet-50 or DenseNet-121 with one edit is below 8 KB deflated', () => {
    for (const [name, place] of [
      ['resnet50', 'layer2.0.relu1'],
      ['densenet121', 'features.relu0'],
    ] as const) {
      const made = { name, input: [1, 3, 224, 224] as const };
      const { graph } = insertAfter(architecture(name, made.input), place, single({ kind: 'dropout', p: 0.1 }));
      const text = new TextEncoder().encode(JSON.stringify(writeGraph(graph, made)));
      expect(deflateSync(text, { level: 9 }).length).toBeLessThan(8192);
    }
  });
});

describe('a record of unknown origin', () => {
  const head = ['input', 'input', { channels: 3 }];
  const relu = ['relu', 'activation', { function: 'relu' }];

  it('leaves out what it does not know, and readers read through', () => {
    const read = readGraph(
      {
        nodes: [
          head,
          ['lstm', 'lstm', { hidden: 4 }],
          ['conv', 'conv2d', { inChannels: 3, outChannels: 0, kernelSize: [3, 3] }],
          relu,
        ],
      },
      input,
    );
    expect(read?.graph.nodes.map(({ id, inputs }) => [id, ...inputs])).toEqual([['input'], ['relu', 'input']]);
    expect(read?.dropped.map(({ error }) => error.message)).toEqual([
      "'lstm' is of no known kind: 'lstm'",
      "'conv' has no valid out_channels",
    ]);
  });

  it('leaves out repeated names and inputs that are not there', () => {
    const read = readGraph({ nodes: [head, relu, relu, ['add', 'arithmetic', {}, [1, 9]]] }, input);
    expect(read?.graph.nodes.map(({ id }) => id)).toEqual(['input', 'relu']);
    expect(read?.dropped.map(({ error }) => error.code)).toEqual(['node-id', 'wrong-arity']);
  });

  it('that is none gives none, and whatever it is, what is read is a network', () => {
    for (const nothing of [null, 7, {}, { nodes: 4 }, { architecture: 'resnet1' }])
      expect(readGraph(nothing, input)).toBeNull();
    const value = fc.oneof(
      fc.constantFrom('conv2d', 'input', 'concat', 'activation', 'relu', 'x'),
      fc.nat(3),
      fc.jsonValue(),
    );
    const records = fc.array(fc.array(value, { maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(records, (list) => {
        const read = readGraph({ nodes: [head, ...list, relu] }, input);
        if (read) expect(validateGraph(read.graph).ok).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
