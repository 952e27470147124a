/** The spatially separable layer: is this kernel a column times a row? */
export const spatial = {
  kernel: 'Kernel to be taken apart',
  named: 'Named filters at {{kh}} × {{kw}}',
  ownGroup: 'Kernels of the convolution',
  own: 'filter {{filter}}, {{channel}}',
  exact: 'Exactly separable: this kernel is one column times one row, nothing is lost.',
  misses: 'Not separable: the best column times row misses {{missed}} of it; {{rank}} of them together are exact.',
  zero: 'All weights are zero: there is nothing to separate.',
  singular: 'Singular values',
  original: 'The kernel',
  ranks: 'Rank',
  rank: 'rank {{rank}}',
  rankHint: 'Rank {{rank}} misses {{missed}}',
  error: 'misses {{missed}}',
  factors: 'Rank {{rank}} as columns × rows',
  column: 'column {{number}}',
  row: 'row {{number}}',
  cheaper: '{{kh}} · {{kw}} = {{direct}} multiplications become {{rank}} · ({{kh}} + {{kw}}) = {{separable}}.',
  dearer:
    '{{kh}} · {{kw}} = {{direct}} multiplications become {{rank}} · ({{kh}} + {{kw}}) = {{separable}}: nothing is saved.',
  give: 'Give it to the layer:',
} as const;
