/** Sharing: a link to the state, and a figure of it in somebody else's page. */
export const embed = {
  share: {
    title: 'Share',
    copied: 'The link is copied.',
    copyByHand: 'Copy this link.',
    exact: 'It opens exactly this state.',
    withoutPhoto:
      'Your own photo is not in the link: whoever opens it sees a sample photo. To send the photo too, send a .convscope file.',
    tooLarge:
      'This state takes {{kilobytes}} KB, more than a link can hold (8 KB). Send it as a file instead: dropped in here, it restores everything.',
    link: 'Link',
    copy: 'Copy',
    save: 'Save a .convscope file',
    making: 'Making the link',
    failed: 'The link could not be made: {{reason}}',
  },
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
