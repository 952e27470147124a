/** A figure in somebody else's page. */
export const embed = {
  title: 'In your own page',
  element: 'A figure that is as high as what it shows',
  frame: 'A plain frame, without a script',
  copy: 'Copy',
  copied: 'Copied: paste it into your page.',
  copyByHand: 'The browser did not let it be copied: select the text and copy it.',
  photo: 'Photo',
  layer: 'The layer: kernel, stride, padding, dilation',
  open: 'Open in ConvScope',
  needsWhole: 'This state needs the whole page.',
} as const;
