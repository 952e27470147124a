/** The 1 x 1 layer as a mixture. */
export const pointwise = {
  look: 'Every one of the {{outputs}} maps is a mixture of the {{channels}} input maps at one and the same pixel: a matrix, applied everywhere.',
  matrix:
    'Weights: {{rows}} outputs by {{columns}} inputs. Arrow keys go from cell to cell, Enter pins the output map.',
  legend: 'blue negative, red positive, up to ±{{largest}}',
  weight: 'w[{{row}}, {{column}}] = {{value}}',
  figure: 'Output map {{channel}} as a mixture of input maps',
  input: 'in {{channel}}',
  output: 'out {{channel}}',
  rest: '{{count}} more',
  bias: 'bias',
  formula: 'out {{channel}} = {{terms}}{{more}}',
  at: 'Sorted by |w| · rms; numbers at row {{row}}, column {{column}}.',
  computing: 'Taking the map apart …',
  failed: 'The maps are too large to be taken apart on this device.',
} as const;
