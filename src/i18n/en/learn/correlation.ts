export const correlation = {
  short: 'Low correlation',
  title: 'Most pairs of channels have little to say to each other',
  lead: 'A full layer connects every channel to every channel. Of five trained networks, here is what those pairs have in common.',
  first: {
    head: 'A connection for every pair.',
    text: 'Rows are channels of one layer, columns those of the next. In the network without groups every pair is connected, and most cells are pale: two channels that hardly move together, joined by a kernel that is paid for.',
  },
  second: {
    head: 'Groups cut the rest away.',
    text: 'With g filter groups a channel reads only its own group: 1/g of the weights, 1/g of the multiplications, the blocks on the diagonal. The networks with up to 16 groups classify nearly as well.',
  },
  third: {
    head: 'Mechanical and learned.',
    text: 'A grouped layer cannot see other groups, so blocks stand there already before any training. Only what training adds to the untrained network’s share is learned. Whoever shows the trained matrices alone shows mostly the wiring.',
  },
  formula: 'The correlation of channels i and j is their covariance over the product of their standard deviations',
  try: {
    do: 'Switch from the whitened matrix to plain (Pearson) correlation.',
    seen: 'Plain correlation counts what channels share by way of all the others as well: more cells are coloured, and blocks are harder to see. Whitening takes that away within each layer.',
  },
  one: {
    ask: 'Four groups, not trained at all. How much of the correlation lies inside of the four blocks? An even spread would have 25 %.',
    move: 'Look at the whitened matrix: “untrained” under 4 groups.',
    why: 'The wiring alone does this.',
  },
  two: {
    ask: 'And after training: does that share become more or less?',
    move: 'Look at the whitened matrix under 4 groups.',
    why: 'The difference is what was learned; under each matrix it stands as a number of its own.',
  },
} as const;
