export const running = {
  short: 'How it runs',
  title: 'How it runs: from the formula to your device',
  lead: 'Six nested loops, and a device with thousands of arithmetic units that mostly wait for memory.',
  first: {
    head: 'A product of matrices.',
    text: 'Lay every patch out as a row and every filter as a column: a convolution is one matrix product. Nobody writes these rows down (implicit GEMM): the program computes the address of each pixel when it needs it.',
  },
  second: {
    head: 'Tiles.',
    text: 'One invocation of our WGSL programs computes several pixels of several filters at once, held in registers. A pixel that was loaded serves many filters, a weight many pixels: more arithmetic for each byte.',
  },
  third: {
    head: 'The roofline.',
    text: 'With few operations for each byte, memory sets the pace: the slanting roof. With many, the multipliers do: the flat roof. How far a point stays below the roof is what a better program could still win.',
  },
  formula: 'Intensity is two C K squared N H W operations, over four bytes for each value of input, output and weights',
  try: {
    do: 'Set kernel_size to 7, and see where the layer stands.',
    seen: '49 instead of 9 products for each byte that is read: farther to the right, where arithmetic sets the pace.',
  },
  one: {
    ask: '32 filters instead of 9: are there more or fewer operations for each byte?',
    move: 'Set out_channels to 32, with the 3 × 3 kernel.',
    why: 'The photo is read once for all filters; but every filter writes a map of its own.',
  },
  two: {
    ask: 'And a 1 × 1 kernel with 9 filters?',
    move: 'Set kernel_size to 1 and out_channels to 9.',
    why: 'The same bytes move, for a ninth of the products: memory sets the pace.',
  },
} as const;
