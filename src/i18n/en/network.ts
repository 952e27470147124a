/** The Network screen. Attribute and layer names are PyTorch's and are never translated. */

import { context } from './networkContext.ts';
import { explore } from './networkExplore.ts';
import { layers } from './networkLayers.ts';
import { levers, price } from './networkPrice.ts';
import { reasons } from './networkReasons.ts';

export const network = {
  title: 'A whole network on the photo',
  head: {
    region: 'Network, input and weights',
    architecture: 'Network',
    own: 'Own network',
    small: 'Small',
    size: 'input',
    software: 'small, since no GPU computes',
    capped: 'the photo is {{side}} px; "longest side" in Explore makes it larger',
    dropped: 'Left out, since they cannot be read: {{names}}.',
    crop: 'Part of the photo',
    cropHint: 'Networks are usually trained on squares; the whole photo shows more of its surroundings.',
    crops: { whole: 'whole photo', square: 'square' },
    distribution: 'Weights',
    distributionHint: 'Weights are drawn at random: He (normal, variance 2 / fan_in) or Xavier (uniform).',
    distributions: { he: 'He', xavier: 'Xavier' },
    seed: 'seed',
    limit: 'Maps that are kept',
    limitHint:
      'Maps of layers are kept for being looked at as long as they take less than this; others are computed again where you look.',
    limitOf: 'keep {{size}}',
    measure: 'Measure',
    measureHint: 'Measures every layer on this device, one after another',
    measuring: 'Measuring {{share}}',
    progress: 'Maps that are computed',
    stop: 'Stop',
    stopped: 'Stopped. What has been computed stays; any change goes on.',
  },
  code: {
    open: 'Code',
    title: 'The network as PyTorch code',
    form: 'Form',
    hint: 'Edit it, or paste a network of your own: nn.Sequential(…) or a class that is an nn.Module. Layers that are switched off or cannot be had are not in it, nor are the levers.',
    label: 'Code of the network',
    copy: 'Copy',
    copied: 'Copied',
    take: 'Use this code',
  },
  layers,
  reasons,
  export: {
    csv: 'Table of layers (CSV)',
    csvHint: 'Shapes, parameters, operations, memory and fields, exact, with what they count',
    markdown: 'Table of layers (Markdown)',
    markdownHint: 'The same for a README or a paper’s appendix',
  },
  maps: {
    title: 'Maps',
    waiting: 'These maps are still to come.',
    stopped: 'The computation was stopped before these maps. Any change goes on.',
    unit: 'map {{channel}}, row {{row}}, column {{column}}: {{value}}',
    none: 'No layer has maps yet: add one below.',
    keys: 'Maps of the layer: arrow keys move the unit, Page Up and Page Down change the map',
    figure: 'Maps of {{layer}}: {{channels}} × {{height}} × {{width}}',
  },
  diagram: {
    title: 'Diagram',
    meta: '{{parameters}} parameters',
    photo: 'Photo',
    keys: 'Layers: arrow keys choose one, Enter opens a block, Backspace closes the block around it, E opens the layer in Explore',
    layers_one: '{{count}} layer',
    layers_other: '{{count}} layers',
    field: 'field {{height}} × {{width}}',
    none: 'no maps',
    before: 'waits for a layer with an error',
    left: 'its maps are not kept; chosen, they are computed',
    open: 'Open {{block}}',
    close: 'Close {{block}}',
    minimap: 'Part of the network in sight',
    legend: { input: 'input', weights: 'learned', maps: 'maps, grey 1–99 %', field: 'field of the unit' },
    svg: 'Diagram, SVG',
    svgHint: 'The blocks as they are open now, with the field of the pinned unit: vectors and text, for papers',
    figure: {
      subtitle: 'input {{input}} · {{parameters}} parameters · {{macs}} MAC',
      linear:
        'Maps are true to scale, channels on a scale of their own; kernels are drawn {{factor}} times larger than maps.',
      log: 'Sides and depths grow with the logarithm of pixels and channels; kernels are drawn {{factor}} times larger than maps.',
      colours:
        'Blue: the input. Amber: learned kernels, × their number. Grey: maps, channels × height × width. Red: what the unit of {{layer}} at row {{row}}, column {{column}} reads.',
    },
    scale: 'Scale of the maps',
    scales: { linear: 'linear', log: 'log' },
    scaleHints: {
      linear: 'A pixel of any map is as wide as any other’s, a channel as deep.',
      log: 'Sides and depth by the logarithm of pixels and channels: small maps are still seen.',
    },
    blocks: 'Blocks',
    blockChoices: { closed: 'closed', some: 'some', open: 'open' },
    blockHints: {
      closed: 'Every block is one box.',
      some: 'As many blocks are open as stay readable.',
      open: 'Every layer is drawn.',
    },
  },
  context,
  explore,
  price,
  levers,
};
