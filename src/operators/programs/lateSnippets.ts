/** The snippets of all shaders: those of Explore's own programs, and those of what is loaded when a graph needs it. */
import filters from '../../../shaders/lib/filters.wgsl?raw';
import lanes from '../../../shaders/lib/lanes.wgsl?raw';
import multiply from '../../../shaders/lib/multiply.wgsl?raw';
import multiplyPlane from '../../../shaders/lib/multiplyPlane.wgsl?raw';
import phases from '../../../shaders/lib/phases.wgsl?raw';
import { snippets } from './snippets.ts';

export const lateSnippets: Readonly<Record<string, string>> = {
  ...snippets,
  filters,
  lanes,
  multiply,
  multiplyPlane,
  phases,
};
