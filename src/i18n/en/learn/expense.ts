export const expense = {
  short: 'The expensive cost',
  title: 'The expensive cost: maps and channels',
  lead: 'More channels learn more kinds of filter, and each is paid for twice: where it is made and where it is read.',
  first: {
    head: 'Large maps.',
    text: 'Operations and memory go with H · W. So networks sub-sample early: half the rows and columns leave a quarter of the work for every layer behind, and the parameters as they were.',
  },
  second: {
    head: 'Many channels.',
    text: 'A layer has C · N kernels. Twice the channels everywhere is twice C and twice N: four times the weights, four times the multiplications, longer training, and more room to learn the training pictures by heart (overfitting).',
  },
  third: {
    head: 'The right number is searched for.',
    text: 'Nobody knows beforehand how many filters a task needs. One trains several widths and compares; the Train screen does it with the same network at a quarter to four times the width.',
  },
  formula: 'Width alpha makes alpha squared times C times N; half of H times half of W is a quarter of H times W',
  try: {
    do: 'Make the input smaller, to about half, and compare operations and parameters before and after.',
    seen: 'The operations fall with the square of the side; the parameters do not move. Look at the maps, too: fine detail is what was given up.',
  },
  one: {
    ask: 'Half the channels in every layer but the last, which still gives 32 maps: what becomes of the parameters?',
    move: 'Set the width to 0.5.',
    why: 'A quarter of every layer between. The first still reads three channels and the last still gives 32: these two are only halved, and the last is the largest.',
  },
  two: {
    ask: 'And twice the channels, again but for the last: how many times the operations, to the nearest whole number?',
    move: 'Set the width to 2, and the input back to its full size.',
    why: 'Four times for the layers between, twice for the first and the last.',
  },
} as const;
