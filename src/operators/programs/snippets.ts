/** The snippets that shaders include, by name. */
import convolution from '../../../shaders/lib/convolution.wgsl?raw';
import epilogue from '../../../shaders/lib/epilogue.wgsl?raw';
import functions from '../../../shaders/lib/functions.wgsl?raw';
import multiply from '../../../shaders/lib/multiply.wgsl?raw';
import output from '../../../shaders/lib/output.wgsl?raw';
import rows from '../../../shaders/lib/rows.wgsl?raw';
import weights from '../../../shaders/lib/weights.wgsl?raw';

export const snippets: Readonly<Record<string, string>> = {
  convolution,
  epilogue,
  functions,
  multiply,
  output,
  rows,
  weights,
};
