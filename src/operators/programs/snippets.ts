/** The snippets that the programs of Explore's own graph include, by name. */
import border from '../../../shaders/lib/border.wgsl?raw';
import convolution from '../../../shaders/lib/convolution.wgsl?raw';
import epilogue from '../../../shaders/lib/epilogue.wgsl?raw';
import functions from '../../../shaders/lib/functions.wgsl?raw';
import output from '../../../shaders/lib/output.wgsl?raw';
import record from '../../../shaders/lib/record.wgsl?raw';
import rows from '../../../shaders/lib/rows.wgsl?raw';
import stores from '../../../shaders/lib/stores.wgsl?raw';
import strip from '../../../shaders/lib/strip.wgsl?raw';
import weights from '../../../shaders/lib/weights.wgsl?raw';

export const snippets: Readonly<Record<string, string>> = {
  border,
  convolution,
  epilogue,
  functions,
  output,
  record,
  rows,
  stores,
  strip,
  weights,
};
