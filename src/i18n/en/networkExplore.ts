/** A layer of the network in Explore. */
export const explore = {
  open: 'Open in Explore',
  openNode: 'Open in Explore: {{layer}}',
  openHint: 'Its maps, weights and the arithmetic of a pixel. Key E',
  source: 'Where the input comes from',
  before: 'Layer before: {{layer}}',
  behind: 'Layer behind: {{layer}}',
  toNetwork: 'Network',
  toPhoto: 'Plain photo',
  progress: 'Layers in front of it: {{share}}',
  levers: 'With the levers of Network it runs as {{code}}.',
  edits:
    'What is changed here is changed in the network. Attributes that follow from what the layer reads are set by the layer in front of it.',
  reads: 'What it reads',
  page: '{{from}} to {{to}} of {{channels}}',
  pageBefore: 'Channels before',
  pageBehind: 'Channels behind',
  noSum: 'This layer has no kernel: its number is no sum of products over what it reads.',
  refused: {
    missing: 'This network has no layer “{{layer}}”.',
    off: '“{{layer}}” is switched off.',
    join: '“{{layer}}” joins the maps of several layers; Explore looks at layers that read one. Open one of those it joins.',
    picture: '“{{layer}}” is the picture, which all layers read.',
  },
} as const;
