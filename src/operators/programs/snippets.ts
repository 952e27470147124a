/** The snippets that shaders include, by name. */
import border from '../../../shaders/lib/border.wgsl?raw';
import convolution from '../../../shaders/lib/convolution.wgsl?raw';
import epilogue from '../../../shaders/lib/epilogue.wgsl?raw';
import filters from '../../../shaders/lib/filters.wgsl?raw';
import functions from '../../../shaders/lib/functions.wgsl?raw';
import lanes from '../../../shaders/lib/lanes.wgsl?raw';
import multiply from '../../../shaders/lib/multiply.wgsl?raw';
import multiplyPlane from '../../../shaders/lib/multiplyPlane.wgsl?raw';
import output from '../../../shaders/lib/output.wgsl?raw';
import phases from '../../../shaders/lib/phases.wgsl?raw';
import rows from '../../../shaders/lib/rows.wgsl?raw';
import strip from '../../../shaders/lib/strip.wgsl?raw';
import target from '../../../shaders/lib/target.wgsl?raw';
import weights from '../../../shaders/lib/weights.wgsl?raw';

export const snippets: Readonly<Record<string, string>> = {
  border,
  convolution,
  epilogue,
  filters,
  functions,
  lanes,
  multiply,
  multiplyPlane,
  output,
  phases,
  rows,
  strip,
  target,
  weights,
};
