export const locality = {
  short: 'Against fully connected',
  title: 'Convolution and the fully connected layer',
  lead: 'A convolution is a fully connected layer whose connections have been cut, and whose weights are shared.',
  first: {
    head: 'Everything to everything.',
    text: 'In a fully connected layer every output reads every pixel, each through a weight of its own. The matrix is full, and it grows with the square of the picture: a photo’s would not fit into any memory.',
  },
  second: {
    head: 'Near things belong together.',
    text: 'People recognise an edge, an eye, a face from what lies side by side. So cut all connections but those to the K × K neighbours (locality): of the matrix only bands are left. Every place still learns by itself.',
  },
  third: {
    head: 'An eye is an eye anywhere.',
    text: 'What is worth finding in one place is worth finding in all. So let every place use the same K × K weights (translation): each band holds one value. Move the photo, and the map moves along. This is the convolution.',
  },
  formula: 'Weights from one map to one map: H W squared, then H W times K squared, then K squared',
  try: {
    do: 'Below, look at the three matrices; then change the layer’s kind from fully connected to locally connected.',
    seen: 'A map again, one unit for each place: each reads its own neighbourhood, but with weights that no other place has.',
  },
  one: {
    ask: 'The photo is reduced for this layer. Locally connected, 16 maps, 3 × 3: how many parameters?',
    move: 'Choose “locally connected” and read the price in Explore, or here.',
    why: 'A filter of its own for each place of each map.',
  },
  two: {
    ask: 'And a standard convolution with 9 filters of 3 × 3?',
    move: 'Choose “standard” as the kind.',
    why: 'One filter for each map, the same everywhere, whatever the size of the photo.',
  },
} as const;
