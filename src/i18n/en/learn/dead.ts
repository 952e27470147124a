export const dead = {
  short: 'Dead channels',
  title: 'Dead channels, found in a real network',
  lead: 'PoseNet finds people’s joints in millions of browsers. Ten of its first 24 filters are zero.',
  first: {
    head: 'Paid for, and empty.',
    text: 'A channel whose filter is numerically zero answers the same everywhere. It is computed, stored and read by the next layer all the same: its price is paid, and nothing is bought.',
  },
  second: {
    head: 'Dead by which rule?',
    text: 'A zero filter is dead on every picture. A channel that was silent here may answer to the next photo: of one picture nobody can say that it is dead. So the rule is always named, and its threshold can be moved on the histogram.',
  },
  third: {
    head: 'Zero is not silent.',
    text: 'Where a bias or a batch norm stands behind the filter, a zero filter gives a constant, and a constant above zero passes the activation. Whoever removes such a channel must hand its constant on to the readers: pruning does.',
  },
  formula: 'A filter is numerically zero where its largest weight is at most a millionth of the layer’s largest',
  try: {
    do: 'Choose the rule “silent here”: which channels did not answer at all to this photo?',
    seen: 'On one picture, that is all it says. On many pictures it says more: the Channels screen takes a folder.',
  },
  one: {
    ask: 'How many of the 24 filters of the first layer are numerically zero?',
    move: 'Choose the rule “zero filter”.',
    why: 'Their largest weight is 7 · 10⁻⁷; the next filter’s is 2 · 10⁻².',
  },
  two: {
    ask: 'How many of its channels are constant on this photo?',
    move: 'Choose the rule “constant”.',
    why: 'Every zero filter is constant; three of them are so at a value above zero, which is why “silent here” did not find them.',
  },
} as const;
