/** What the layer costs: parameters, operations, memory, time. */
export const cost = {
  title: 'Cost',
  output: 'output',
  parameters: 'parameters',
  operations: 'operations',
  textbook: 'textbook',
  useful: 'useful',
  memory: 'memory',
  time: { gpu: 'GPU', cpu: 'CPU' },
  notMeasured: '–',
  check: {
    start: 'Check against float64',
    again: 'Check again',
    hint: 'Recomputes every value of every map in double precision in a worker and compares.',
    running: 'Checking {{percent}}',
    cancel: 'Cancel the check',
    passed: 'exact: error ≤ {{error}}',
    failed: 'error {{error}} is above the bound',
    report:
      '{{values}} values compared with float64. Largest absolute error {{absolute}}, at map {{map}}, row {{row}}, column {{column}}; largest error relative to 1 + Σ|terms| {{relative}} (the bound is 1e−5).',
    broken: 'The check could not be finished: {{reason}}',
  },
  term: {
    C: 'C: in_channels, the channels of the photo ({{value}})',
    H: 'H: height of the photo ({{value}})',
    W: 'W: width of the photo ({{value}})',
    K: 'K: kernel_size ({{value}})',
    N: 'N: out_channels, the response maps ({{value}})',
  },
  parametersHint:
    'Textbook: each of the N filters has C·K² weights and one bias. Exactly, with groups={{groups}} (a filter sees C/groups channels) and bias={{bias}}: {{exact}}.',
  operationsHint:
    'Multiply-accumulates (1 MAC = 1 multiplication + 1 addition; FLOPs = 2 × MACs), batch 1, bias not counted. The textbook counts every input pixel; exactly, output height × output width × N × (C/groups) × kh × kw = {{exact}}.',
  usefulHint:
    'Share of the multiplications whose tap reads the photo itself and not zero padding: {{useful}} of {{macs}}.',
  memoryHint: 'The response maps in float32: {{bytes}} bytes.',
  timestampHint: 'One run: {{ms}} ms, measured by timestamp-query ({{runs}} × the run, then the mean).',
  wallHint: 'One run: {{ms}} ms, measured by the clock ({{runs}} × the run, then the mean).',
} as const;
