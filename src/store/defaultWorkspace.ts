/** What the page opens with: a photo of a cat under nine filters of the classic mix, one of each sort. */
import { exploreGraph, exploreNodes } from '../graph/explore.ts';
import { defaultWeights } from '../graph/weights/banks.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { defaultCompare } from './compare.ts';
import { defaultNetwork, defaultNetworkView } from './network.ts';
import { type InputState, type ViewState, type Workspace, workspaceVersion } from './workspace.ts';

export const defaultConv: Conv2d = {
  kind: 'conv2d',
  inChannels: 3,
  outChannels: 9,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
  dilation: [1, 1],
  groups: 1,
  bias: true,
  paddingMode: 'zeros',
};

export const defaultInput: InputState = {
  photo: { kind: 'sample', name: 'cat' },
  workingSize: null,
  channels: 'rgb',
  range: 'unit',
  ground: '#ffffff',
  painting: null,
};

export const defaultView: ViewState = {
  screen: 'explore',
  colourMap: 'auto',
  // Each map on its own range, without the extremes that zero padding makes at the border: at first sight every map shows something.
  range: 'per-map',
  fixed: [-1, 1],
  percentiles: true,
  comparedRange: 'per-column',
  // Off the centre, where pictures tend to have something to see.
  comparedUnit: { channel: 5, u: 0.36, v: 0.395 },
  sort: 'index',
  tileWidth: 200,
  zoom: { scale: 1, x: 0, y: 0 },
  opened: null,
  filter: 0,
  pin: null,
  network: defaultNetworkView,
  channels: null,
  train: null,
  learn: null,
};

export function defaultWorkspace(): Workspace {
  return {
    version: workspaceVersion,
    input: defaultInput,
    graph: exploreGraph(defaultConv, 'none'),
    weights: { [exploreNodes.conv]: defaultWeights(defaultConv.outChannels) },
    focus: exploreNodes.conv,
    kind: null,
    networkLayer: null,
    compare: defaultCompare,
    network: defaultNetwork,
    channels: null,
    train: null,
    view: defaultView,
  };
}
