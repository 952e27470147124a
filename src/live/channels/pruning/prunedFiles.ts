/** A pruned network as files: its weights, and the module that loads them. Maps that keep constants exact are buffers of the module. */
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import { namedBuffers, namedWeights, withLoading } from '../../../formats/networkText/networkWeights.ts';
import { writeModule } from '../../../formats/networkText/writeModule.ts';
import { writeSafetensors } from '../../../formats/writeSafetensors.ts';
import type { PruneBase } from './pruneBase.ts';

/** Names in letters, digits and `-_.`. */
const stemOf = (title: string) =>
  `${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)}-pruned`.replace(/^-/, '');

export function prunedWeights({ subject }: PruneBase, { graph, parameters, inputs }: Pruned): File {
  const tensors = new Map([...namedWeights(graph, parameters), ...namedBuffers(graph, inputs)]);
  const bytes = writeSafetensors(tensors, { network: subject.title });
  return new File([bytes], `${stemOf(subject.title)}.safetensors`, { type: 'application/octet-stream' });
}

export function prunedModule({ subject }: PruneBase, { graph, shapes, inputs }: Pruned): File {
  const { text, notes } = writeModule(graph, shapes, Object.keys(inputs));
  const [, channels, height, width] = shapes[subject.input]!;
  const head = [
    `# ${subject.title}, pruned. It reads [N, ${channels}, ${height}, ${width}] in the range of values that it was trained on.`,
    ...notes.map(({ node, note }) => `# ${node}: ${note}`),
  ];
  const stem = stemOf(subject.title);
  const file = withLoading(text, `${stem}.safetensors`);
  return new File([`${head.join('\n')}\n${file}`], `${stem.replaceAll('-', '_')}.py`, { type: 'text/x-python' });
}
