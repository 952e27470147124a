/** What moved along with a change: `Notice.code` and its numbers. */
export const notices = {
  moved: '{{attribute}} moved from {{from}} to {{to}}, so that the layer stays valid.',
  bank: 'The bank came as it was learned: {{changes}}.',
  'bank-stride':
    'The bank came as it was learned: {{changes}}. It was trained with stride {{stride}}; stride stays as you set it.',
  'layer-activation':
    'The activation changed with the text: $t(layer.activations.{{formerly}}) → $t(layer.activations.{{activation}}).',
  'layer-channels':
    'The photo’s channels changed with the text: $t(input.channel.{{present}}) → $t(input.channel.{{channels}}) (in_channels={{inChannels}}).',
  'layer-channels-activation':
    'Changed with the text: the photo’s channels, $t(input.channel.{{present}}) → $t(input.channel.{{channels}}) (in_channels={{inChannels}}), and the activation, $t(layer.activations.{{formerly}}) → $t(layer.activations.{{activation}}).',
  copied: 'Copied.',
  restored: 'The state is restored.',
  opened: '{{name}} is open. Undo brings back what was here.',
  'photo-not-shared':
    'The link does not carry the photo {{name}}: a photo stays with whom it belongs to. The sample stands in for it.',
  mislabelled: '{{name}} calls itself {{claimed}} and holds {{found}}: it was opened as that.',
  frozen: 'This frame is now the photo.',
} as const;
