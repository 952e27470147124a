/** A network as `nn.Sequential(...)`, where it is a chain of modules: by place where its nodes are numbered, else by name. */
import type { Graph } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { givesFlat, isFlatten, wantsFlat } from './write/axes.ts';
import { identifiersOf } from './write/identifiers.ts';
import { operatorCode } from './write/operatorCode.ts';

/** null where the network is no such chain. `shapes`: of every node, as `inferShapes` gives them. */
export function writeSequential({ nodes }: Graph, shapes: Shapes): string | null {
  const [input, ...layers] = nodes;
  if (input?.operator.kind !== 'input' || layers.length === 0) return null;
  const names = identifiersOf(layers.map(({ id }) => id));
  const isNumbered = layers.every(({ id }, i) => id === String(i));
  const members: string[] = [];
  let isFlat = false;
  let before = input.id;
  for (const { id, operator, inputs } of layers) {
    if (operator.kind === 'input' || inputs.length !== 1 || inputs[0] !== before) return null;
    const code = operatorCode(operator, [shapes[before]!]);
    const isPlain = code.note === undefined && code.helper === undefined && code.apply(['x'], 'f') === 'f(x)';
    const module = isFlatten(operator) ? 'nn.Flatten()' : isPlain ? code.module : null;
    // A layer that does nothing is passed over when the text is read.
    const isNothing = operator.kind === 'activation' && operator.function === 'none';
    const wanted = wantsFlat(operator, [isFlat]);
    if (module === null || isNothing || (wanted !== null && wanted !== isFlat)) return null;
    members.push(isNumbered ? `    ${module},` : `    ('${names.get(id)}', ${module}),`);
    isFlat = givesFlat(operator, [isFlat]);
    before = id;
  }
  if (isNumbered) return ['nn.Sequential(', ...members, ')', ''].join('\n');
  return ['from collections import OrderedDict', '', 'nn.Sequential(OrderedDict([', ...members, ']))', ''].join('\n');
}
