/** The dilated layer: its holes, and what a stack of such layers never reads. */
export const dilated = {
  one: '{{kernel}} taps, dilation {{dilation}}: a field of {{h}} × {{w}} at the price of the dense kernel. Stack layers to see what happens to the holes.',
  whole: 'These {{layers}} layers read every pixel of their {{h}} × {{w}} field.',
  grid: 'Gridding: every step is a multiple of {{factor}}, so that however many layers are stacked, the pixels between are never read.',
  gaps: 'Gridding: the steps share no factor, but they leave gaps that no layer fills.',
  figure: 'Field of {{h}} × {{w}} pixels on the photo; {{read}} of {{box}} are read',
  legend: 'Around the unit in row {{row}}, column {{column}}. Outlined: read. Hatched: never read.',
  layers: 'Layers in the stack',
  of: 'dilation of layer {{layer}}',
  field: 'field',
  read: 'read',
  readOf: '{{read}} of {{box}} pixels ({{share}})',
  weights: 'weights',
  against: '{{own}}; one dense layer with this field: {{dense}}',
  hybrid: 'Hybrid: {{dilations}}',
  equal: 'Equal: {{dilations}}',
  kept: 'The rule of hybrid dilated convolution is kept: its largest distance is {{distance}}, at most {{allowed}} are allowed.',
  broken:
    'The rule of hybrid dilated convolution is broken: the first layer needs dilation 1 and a largest distance of at most {{allowed}}; here it is {{distance}}.',
} as const;
