export const kinds = {
  short: 'Grouped, separable, pointwise',
  title: 'Grouped, depthwise separable, pointwise, shuffled',
  lead: 'If most pairs of channels need no connection, cut it: four ways to pay for fewer.',
  first: {
    head: 'Grouped.',
    text: 'Channels are dealt into g groups, and filters read their own group only. A g-th of the weights and of the work. But groups never meet, unless a shuffle deals the channels anew behind the layer.',
  },
  second: {
    head: 'Depthwise separable.',
    text: 'The extreme: each channel has a K × K filter for itself, then a 1 × 1 convolution mixes channels. Looking around and mixing, which a standard kernel does in one, are paid for one after the other.',
  },
  third: {
    head: 'Pointwise.',
    text: 'A 1 × 1 kernel sees no neighbour at all. It mixes channels at each place: cheap, and everywhere: before a 3 × 3 to make channels fewer, behind a depthwise one to join them.',
  },
  formula: 'Separable over standard is C K squared plus C N, over C N K squared: one over N plus one over K squared',
  try: {
    do: 'Make the grouped column a shuffled one and compare what is connected.',
    seen: 'The same weights as before, but each output now reaches channels of every group one layer later.',
  },
  one: {
    ask: '16 channels in, 16 out, 8 groups. What share of the standard layer’s weights is left?',
    move: 'Set groups of the second column to 8.',
    why: 'Each filter reads an eighth of the channels. The biases, one for each filter, stay.',
  },
  two: {
    ask: 'At 16 filters the separable layer multiplies 5.76 times less than the standard one. With 64 filters, does it save more or less?',
    move: 'Set out_channels to 64, in “Input”.',
    why: 'The share that is left is 1/N + 1/K²: with many filters only the 1/9 remains.',
  },
} as const;
