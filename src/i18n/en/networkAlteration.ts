/** What changes an effective field: a part of the Network screen's words. */
export const alteration = {
  title: 'What changes it',
  start: 'Compared',
  starts: { none: 'nothing', network: 'this network', example: 'plain stack' },
  startHints: {
    none: 'Nothing is compared.',
    network: 'This network, and this place of it, with one ingredient less, or more.',
    example: 'Eight 3 × 3 layers with ReLU, on the same photo: each ingredient by itself.',
  },
  progress: 'Altered networks that are measured',
  itself: 'as it is',
  itselfText: 'Thin line: the theoretical field. Dashed: the square that holds 95 %. All on one scale.',
  figures: 'σ {{sigma}} px · 95 %: square {{side}} px, fewest {{set}} px = {{share}} of the box',
  names: {
    activation: 'ReLU',
    skip: 'Skips',
    dilation: 'Dilation',
    stride: 'Sub-sampling',
    strideOrder: 'Sub-sampling later',
    dropout: 'Dropout',
  },
  ways: {
    removed: '{{name}}: taken out ({{count}})',
    added: '{{name}}: put in ({{count}})',
    moved: '{{name}}: first step taken last',
  },
  texts: {
    activation: {
      removed: 'All paths are open: the field is that of the weights, whatever the photo.',
      added: 'Dark maps close their paths: the field is that of this photo.',
    },
    skip: {
      removed: 'Nothing passes a layer unspread any more.',
      added: 'A part of the gradient passes each layer by the skip and is not spread.',
    },
    dilation: {
      removed: 'Taps that stand side by side step less far.',
      added: 'Taps 2 pixels apart: every layer spreads twice as far, and steps over pixels.',
    },
    stride: {
      removed: 'Every later layer steps single pixels of the photo.',
      added: 'Behind a stride of 2 every layer steps 2 pixels of the photo.',
    },
    strideOrder: 'Layers before the step work at full detail and spread less.',
    dropout: 'Each draw loses half of its paths and is patchy; the mean over draws is not.',
  },
  changes: {
    wider: 'Wider: σ is {{times}} times as large.',
    narrower: 'Narrower: σ is {{times}} times as large.',
    same: 'As wide: σ is {{times}} times as large.',
  },
  reasons: {
    'no-window': 'No convolution has a window that could be spread.',
    'no-equal-shapes': 'No layer gives maps of the shape that it reads, so none can be skipped.',
    'no-layer': 'There is no convolution in what this unit reads.',
    'one-step': 'There are no two steps of sub-sampling, so none can be taken later.',
    'no-network': 'The other layers do not fit maps of that size.',
    'too-large': 'Its maps would take too much memory; a smaller input or an earlier layer helps.',
  },
};
