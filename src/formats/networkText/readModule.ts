/**
 * `class Network(nn.Module)` → a network: what `writeModule.ts` writes, and modules written by hand in that style. `__init__` says the
 * layers, `forward` is run on shapes. What cannot be read ends with one sentence, its line and its column.
 */
import '../../operators/late.ts';
import type { Graph } from '../../graph/graph.ts';
import { reading, refuse } from '../../operators/codeValues.ts';
import type { Result, Shape } from '../../operators/operator.ts';
import { classesOf, type PythonClass, statementsOf } from './python/statements.ts';
import { refuseAt } from './python/tokens.ts';
import { Forward } from './read/forward.ts';
import { GrowingNetwork } from './read/network.ts';
import { initialised } from './read/owned.ts';
import { readSequential } from './readSequential.ts';
import { isHelper } from './write/helpers.ts';

/**
 * A text with a class is a module, any other a sequence of layers; for pictures of `input`, [N, C, H, W]. `buffers`: whether tensors that the
 * module registers may be read, as more input nodes.
 */
export function readNetwork(text: string, input: Shape, { buffers = false } = {}): Result<Graph> {
  return /^[ \t]*class\s/m.test(text) ? readModuleClass(text, input, buffers) : readSequential(text, input);
}

/** The network of the last class that is an `nn.Module`. */
export function readModuleClass(text: string, input: Shape, buffers = false): Result<Graph> {
  return reading(() => {
    const found = networkClass(classesOf(text));
    const forward = found.methods.find(({ name }) => name === 'forward');
    if (!forward) return refuseAt('no-forward', `${found.name} has no forward(self, x)`, found, { name: found.name });
    const [, first, ...more] = forward.parameters;
    const another = more.find(({ value }) => value === null);
    if (!first || another)
      return refuseAt('one-input', 'forward takes self and one tensor here', forward, { name: another?.name ?? '' });
    const own = initialised(found.methods.find(({ name }) => name === '__init__'));
    const network = new GrowingNetwork(input);
    const known = buffers ? own : { ...own, buffers: new Map() };
    new Forward(network, known, statementsOf(forward), first.name).run();
    if (network.graph.nodes.length === 1) refuse('empty-network', 'the network has no layer');
    return network.graph;
  });
}

function networkClass(classes: readonly PythonClass[]): PythonClass {
  const modules = classes.filter(
    ({ name, bases }) => !isHelper(name) && bases.some((base) => /(^|\.)Module$/.test(base)),
  );
  return modules.at(-1) ?? refuse('no-module', 'there is no class of nn.Module in the text');
}
