export const wider = {
  short: 'Dilated and deformable',
  title: 'Dilated and deformable: wider without paying',
  lead: 'Spread the taps of a kernel: the same nine weights reach farther.',
  first: {
    head: 'Holes between the taps.',
    text: 'With dilation d the taps of the kernel stand d pixels apart. The field grows to (K − 1) · d + 1 on a side; weights and multiplications stay what they were.',
  },
  second: {
    head: 'What falls into the holes.',
    text: 'What lies between the taps is not seen by this unit at all. Layers of the same dilation on top of each other keep stepping over the same pixels (gridding); mixed dilations fill the holes.',
  },
  third: {
    head: 'Taps that go where they like.',
    text: 'A deformable layer moves every tap by an offset of its own, at every place, and reads between the pixels. The offsets are computed from the maps themselves by a small convolution, so the field can follow what is there.',
  },
  formula: 'The side of the field is K minus one, times the dilation, plus one',
  try: {
    do: 'Change the layer’s kind to deformable and look at where its taps are on the photo.',
    seen: 'The taps have left the grid. Here they are turned by a preset; let the offsets be computed, and they differ from place to place.',
  },
  one: {
    ask: 'A 3 × 3 kernel with dilation 4: how large is the field?',
    move: 'Set dilation to 4.',
    why: '(3 − 1) · 4 + 1.',
  },
  two: {
    ask: 'How many weights does one filter have at dilation 6?',
    move: 'Set dilation to 6 and look at the layer’s price in Explore, or count the taps.',
    why: 'Nine taps in every channel, wherever they stand.',
  },
} as const;
