export const layer = {
  short: 'What a layer does',
  title: 'What a convolution layer does',
  lead: 'It asks the same small question at every place of the photo, and draws the answers as a map.',
  first: {
    head: 'A filter is a question.',
    text: 'Each filter is a small block of weights, one slice for every channel it reads. Laid on a place of the photo, weights and pixels are multiplied pair by pair and summed: one number, the response.',
  },
  second: {
    head: 'The answers make a map.',
    text: 'The filter slides over the whole photo without changing. Its responses, put where they were asked, are one 2-D response map. Nine filters give nine maps, and the layer’s output has nine channels.',
  },
  third: {
    head: 'It sums over all channels.',
    text: 'A response is a linear combination of everything under the kernel, in red, green and blue alike. Nothing outside of the kernel counts: this is what the red frame on the photo shows.',
  },
  formula:
    'A response is the bias plus the sum, over channels and the kernel’s rows and columns, of weight times input',
  try: {
    do: 'Choose a place in another map. The sum below is that unit’s: its pixels, its weights, their products.',
    seen: 'The place on the photo is chosen by where you point, the weights by which map: another map is another filter on the same pixels.',
  },
  one: {
    ask: 'The layer has 9 filters now. How many response maps will there be with 4 filters?',
    move: 'Set out_channels to 4.',
    why: 'One map for each filter, however many channels the filter reads.',
  },
  two: {
    ask: 'How many products does one response sum when the kernel is 5 × 5?',
    move: 'Set kernel_size to 5 and read the sum below.',
    why: '5 × 5 places under the kernel, in each of the channels that it reads.',
  },
} as const;
