export const context = {
  short: 'Context',
  title: 'Context: how far one unit sees',
  lead: 'An eye is an eye because of the face around it. To judge, a unit must see the surroundings too.',
  first: {
    head: 'The receptive field.',
    text: 'A unit reads K × K units of the layer before, each of which reads K × K of its own. All pixels that can reach it are its receptive field: the red box on the photo.',
  },
  second: {
    head: 'Depth widens it, step by step.',
    text: 'Every layer adds K − 1, times the strides of all layers before it. So the field grows linearly with the kernel and with the depth, and faster after each sub-sampling.',
  },
  third: {
    head: 'Both are paid for.',
    text: 'A larger kernel costs with its square, a deeper stack linearly in operations, but every layer keeps maps in memory. And the effective field, what really moves the unit, is smaller than the box: the middle counts most.',
  },
  formula:
    'The field of layer l is the field of the layer before, plus K of l minus one, times the product of the strides before it',
  try: {
    do: 'In the table, choose the rows one after the other, down to relu5, and watch the box grow.',
    seen: '22 × 22 pixels after five convolutions and one pooling. Still not the whole face: this is why real networks are deep, or sub-sample, or dilate.',
  },
  one: {
    ask: 'conv1 sees 3 × 3 pixels. How much does a unit see after conv2, 3 × 3 as well?',
    move: 'Choose conv2 or relu2 in the table.',
    why: 'Each 3 × 3 layer adds one pixel at each side.',
  },
  two: {
    ask: 'Then comes pooling 2 × 2 with stride 2, which makes it 6 × 6. And after conv3, again 3 × 3?',
    move: 'Choose conv3 or relu3 in the table.',
    why: 'Its neighbours are now two pixels apart: 6 + 2 · 2.',
  },
} as const;
