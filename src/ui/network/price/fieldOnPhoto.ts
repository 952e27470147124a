/** How far a way of seeing more reaches on the photo. */
import { fieldOnPicture } from '../../../graph/field/fieldOnPicture.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { inputOf } from '../../../graph/growth/sizes.ts';
import type { Network } from '../../../graph/price/refit.ts';
import type { SplicePlace } from '../../../graph/price/splice.ts';

/** Rows of the photo behind `field` rows of the maps that the way reads: r + (field - 1) jump; null where they come from no photo. */
export function fieldOnPhoto(
  { graph, shapes }: Network,
  layer: NodeId,
  place: SplicePlace,
  field: number,
): number | null {
  const source = place === 'behind' ? layer : graph.nodes.find(({ id }) => id === layer)?.inputs[0];
  const picture = inputOf(graph);
  const read = source === undefined ? null : fieldOnPicture(graph, shapes, source, picture);
  return read && Math.round(read.size[0] + (field - 1) * read.jump[0]);
}
