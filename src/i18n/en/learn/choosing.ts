export const choosing = {
  short: 'Choosing',
  title: 'Choosing: price against what is lost',
  lead: 'Every cheaper kind gives something up. Here each stands in for one learned layer, as well as it can.',
  first: {
    head: 'A fair contest.',
    text: 'The layer is from a trained network. Each substitute gets the best weights of its kind, in the sense of least squares, and is then compared on the same input: how much of the response is missing?',
  },
  second: {
    head: 'One plane.',
    text: 'To the left is cheap, down is faithful. Whatever has another kind both to its left and below it is a bad bargain here. What remains is the edge along which one chooses.',
  },
  third: {
    head: 'No kind wins everywhere.',
    text: 'A layer that is nearly separable loses nothing by being separated; one with rich kernels loses much. And a network trained with the cheap kind from the start does better than one cut afterwards: this plane shows what cutting costs.',
  },
  formula: 'The loss is the norm of what is missing of the response, over the norm of the response',
  try: {
    do: 'Let the substitutes be fitted to the weights in place of the responses.',
    seen: 'The order can change: what is nearest to the kernel need not be nearest in what it answers to a photo, where some inputs never occur.',
  },
  one: {
    ask: 'Of the 3 × 3 kernel one keeps only 1 × 1, or 2 × 2. Which loses more?',
    move: 'Wait for both rows of the table.',
    why: 'One weight of nine against four of nine, both with the best values there are.',
  },
  two: {
    ask: 'Four groups, once as the channels lie, once after channels that belong together have been put into one group. What becomes of the loss?',
    move: 'Wait for “grouped” and for the one with regrouped channels.',
    why: 'The price is the same, the connections that are cut are others.',
  },
} as const;
