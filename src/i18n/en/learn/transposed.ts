export const transposed = {
  short: 'Transposed',
  title: 'Transposed convolution: back up, and the checkerboard',
  lead: 'To draw a picture, a network must make maps larger again. The same kernel, run the other way.',
  first: {
    head: 'Laying down instead of reading.',
    text: 'Every input pixel multiplies the whole kernel and lays the result down on the output, stride pixels farther for each step. Where the prints overlap, they are summed.',
  },
  second: {
    head: 'The transpose, not the inverse.',
    text: 'Written as a matrix, it is the transpose of a convolution’s matrix: the connections turned round. It gives the size back, not the picture.',
  },
  third: {
    head: 'The checkerboard.',
    text: 'Where the kernel is no multiple of the stride, some output pixels get more prints than their neighbours, and a regular pattern stands in the maps. A multiple of the stride, or enlarging first and convolving then, avoids it.',
  },
  formula:
    'The height out is H minus one times the stride, minus twice the padding, plus dilation times K minus one, plus the output padding, plus one',
  try: {
    do: 'Set kernel_size to 3 with stride 2, and look at the overlap below.',
    seen: 'One, two and four prints in turn: the maps show it as a checkerboard, whatever the weights are.',
  },
  one: {
    ask: 'The input is {{width}} pixels wide. Kernel 4, padding 1: how wide is the output with stride 3?',
    move: 'Set stride to 3, with kernel_size 4 and padding 1.',
    why: '(W − 1) · 3 − 2 + 4.',
  },
  two: {
    ask: 'Kernel 6 and stride 2: how many prints does each output pixel get, away from the border?',
    move: 'Set kernel_size to 6 and stride to 2.',
    why: '6/2 in each direction, at every pixel alike: no checkerboard.',
  },
} as const;
