/** The wiring between channels. */
export const wiring = {
  in: '{{count}} in',
  out: '{{count}} out',
  shuffled: 'shuffled',
  grouped: 'grouped',
  depthwise: 'depthwise',
  reads: 'Output {{channel}} reads {{seen}} of {{of}} input channels.',
  reaches: 'Input {{channel}} reaches {{seen}} of {{of}} output channels.',
  between:
    'Channel {{channel}} in between reads {{seen}} of {{of}} inputs and reaches {{reached}} of {{outputs}} outputs.',
  diagram:
    'Connections from {{from}} input channels to {{to}} output channels. {{sentence}} Arrow keys go from channel to channel, Enter pins an output map.',
  withoutShuffle: 'without the shuffle',
  look: {
    standard: 'Every output reads all {{of}} input channels: one block.',
    grouped: '{{groups}} groups: each output reads {{seen}} of {{of}} inputs and never those of another group.',
    depthwise: 'Each of the {{of}} channels has filters of its own: nothing is mixed.',
    separable: 'First a filter for each channel, then a mixture of all of them: two thin layers for one thick one.',
    oneGroup: 'With one group the shuffle moves nothing: raise groups.',
    shuffled:
      'The lines that cross are the shuffle: every output sees {{seen}} of {{of}} inputs although there are {{groups}} groups.',
    unshuffled:
      'Without the shuffle every output sees {{seen}} of {{of}} inputs: nothing ever crosses the {{groups}} groups.',
  },
  columnsAre: 'rows: outputs, columns: inputs',
  matrixOf: 'Kernels of',
  parts: { whole: 'both layers', first: 'first', second: 'second' },
  bothLayers: 'As one layer',
  matrix:
    'Sizes of the kernels: {{rows}} outputs by {{columns}} inputs. Arrow keys go from cell to cell, Enter pins the output map.',
  legend: '{{size}}: ‖w‖ of each kernel, up to {{largest}}',
  norm: 'output {{row}}, input {{column}}: ‖w‖ = {{value}}',
  apart: 'Output {{row}} does not read input {{column}}.',
} as const;
