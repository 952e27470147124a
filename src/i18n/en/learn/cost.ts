export const cost = {
  short: 'What it costs',
  title: 'What a layer costs, letter by letter',
  lead: 'Every response is a sum of C·K² products, and there are H·W·N responses.',
  first: {
    head: 'Operations.',
    text: 'One unit multiplies C·K² pairs. A map has H·W units, the layer N maps: about C·H·W·K²·N multiplications, each with an addition. Point at a letter of the price and the figure lights what it counts.',
  },
  second: {
    head: 'Parameters.',
    text: 'A filter has C·K² weights and one bias, wherever it slides. So the layer learns N·(C·K² + 1) numbers: the size of the photo is not among them.',
  },
  third: {
    head: 'The two part ways.',
    text: 'A larger photo costs operations and memory, never parameters. A larger kernel costs both, with its square. More filters cost this layer in proportion, and the next one again, which has to read them all.',
  },
  formula:
    'Operations are C times H times W times K squared times N; the parameters P are N times, C times K squared, plus one',
  try: {
    do: 'Set stride to 2 in both directions and watch the operations and the parameters.',
    seen: 'Half the rows and half the columns: a quarter of the units, so a quarter of the operations. The parameters have not moved.',
  },
  one: {
    ask: 'Nine filters over red, green and blue, with bias. How many parameters with a 5 × 5 kernel?',
    move: 'Set kernel_size to 5 and read the parameters below.',
    why: '9 · (3 · 25 + 1).',
  },
  two: {
    ask: 'Twice as many filters, 18 instead of 9. What becomes of this layer’s operations?',
    move: 'Set out_channels to 18.',
    why: 'N stands in the product once. The next layer, which reads these maps, pays for its C as well.',
  },
} as const;
