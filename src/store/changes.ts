/**
 * Every change of a workspace as a pure function. Each keeps what must hold: the layer is valid for its input and has an output,
 * `in_channels` follows the chosen channels, there is one filter and one bias per output channel, the view names existing maps.
 * What had to move with a change is handed back, to be said.
 */
import { activationAfter, convOf, withActivation, withConv } from '../graph/explore.ts';
import type { WeightsState } from '../graph/weights/filterState.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { constrain, type Moved, sliderEnds } from '../operators/conv2d/limits.ts';
import type { Pair } from '../operators/operator.ts';
import { type Explored, exploredOf } from './explored.ts';
import { resizeWeights } from './filterBank.ts';
import type { ChannelChoice, InputState, ViewState, Workspace } from './workspace.ts';

export interface Change {
  readonly workspace: Workspace;
  readonly moved: readonly Moved[];
  /** What else the change did that its maker may not have meant: an i18n key under `notices` and its values. */
  readonly said?: { readonly code: string; readonly values: Readonly<Record<string, number | string>> } | null;
}

/** How many input channels each choice gives. */
export const channelCounts: Readonly<Record<ChannelChoice, number>> = {
  rgb: 3,
  grey: 1,
  r: 1,
  g: 1,
  b: 1,
  'grey-alpha': 2,
  rgba: 4,
};

/** What a layer of 1, 2, 3 or 4 input channels reads from a photo. */
const choiceForCount: Readonly<Record<number, ChannelChoice>> = { 1: 'grey', 2: 'grey-alpha', 3: 'rgb', 4: 'rgba' };

/** The convolution that the workspace looks at. */
export function focusedConv(workspace: Workspace): Conv2d {
  return convOf(workspace.graph, workspace.focus);
}

export function focusedWeights(workspace: Workspace): WeightsState {
  const weights = workspace.weights[workspace.focus];
  if (!weights) throw new Error(`no weights for ${workspace.focus}`);
  return weights;
}

/** Applies a change of the layer and whatever moves with it. */
export function changeConv(workspace: Workspace, change: Partial<Omit<Conv2d, 'kind'>>, inputSize: Pair): Change {
  const before = focusedConv(workspace);
  const { conv, moved } = constrain(before, change, { inputSize });
  return { workspace: withLayer(workspace, conv), moved };
}

/**
 * A whole layer read from code: Explore looks at it, and at no other kind. Its `in_channels` become the photo's channels if a photo can give that many. That the photo's channels
 * or the activation changed with it is said: a pasted call may not mean to.
 */
export function replaceLayer(workspace: Workspace, layer: Conv2d, activation: ActivationName, inputSize: Pair): Change {
  const present = workspace.input.channels;
  const formerly = activationAfter(workspace.graph, workspace.focus);
  const channels =
    channelCounts[present] === layer.inChannels ? present : (choiceForCount[layer.inChannels] ?? present);
  const { conv, moved } = constrain(layer, { inChannels: channelCounts[channels] }, { inputSize });
  const replaced = withLayer({ ...workspace, input: { ...workspace.input, channels }, kind: null }, conv);
  const said =
    conv.inChannels === layer.inChannels || moved.some((each) => each.attribute === 'in_channels')
      ? moved
      : [{ attribute: 'in_channels', from: String(layer.inChannels), to: String(conv.inChannels) }, ...moved];
  return {
    workspace: changeActivation(replaced, activation),
    moved: said,
    said: layerSaid({ present, channels, inChannels: conv.inChannels }, { formerly, activation }),
  };
}

function layerSaid(
  { present, channels, inChannels }: { present: ChannelChoice; channels: ChannelChoice; inChannels: number },
  { formerly, activation }: { formerly: ActivationName; activation: ActivationName },
): NonNullable<Change['said']> | null {
  const values = { present, channels, inChannels, formerly, activation };
  if (present === channels) return formerly === activation ? null : { code: 'layer-activation', values };
  return { code: formerly === activation ? 'layer-channels' : 'layer-channels-activation', values };
}

export function changeActivation(workspace: Workspace, name: ActivationName): Workspace {
  return { ...workspace, graph: withActivation(workspace.graph, workspace.focus, name) };
}

/** Changes the input. Other channels change `in_channels`, and that may move `groups`. */
export function changeInput(workspace: Workspace, change: Partial<InputState>, inputSize: Pair): Change {
  const input = { ...workspace.input, ...change };
  const changed = { ...workspace, input, view: viewOn(workspace, { input }) };
  const inChannels = channelCounts[input.channels];
  const before = focusedConv(workspace).inChannels;
  if (inChannels === before) return { workspace: changed, moved: [] };
  const { workspace: fitted, moved } = changeConv(changed, { inChannels }, inputSize);
  const said = moved.some((each) => each.attribute === 'in_channels')
    ? moved
    : [{ attribute: 'in_channels', from: String(before), to: String(inChannels) }, ...moved];
  return { workspace: fitted, moved: said };
}

export function changeWeights(workspace: Workspace, change: (weights: WeightsState) => WeightsState): Workspace {
  const weights = change(focusedWeights(workspace));
  return { ...workspace, weights: { ...workspace.weights, [workspace.focus]: weights } };
}

/** The view of `from` on what is there next: another photo is seen whole, for the same part of it would be a chance one. */
export function viewOn(from: Workspace, next: Pick<Workspace, 'input'>): ViewState {
  return same(from.input.photo, next.input.photo) ? from.view : { ...from.view, zoom: { scale: 1, x: 0, y: 0 } };
}

/** A layer of another kind has as many maps as its input allows, one of the network any number: what opens one of them sees to that. */
const mapsOf: Readonly<Record<Explored, number | null>> = {
  convolution: null,
  kind: sliderEnds.outChannels,
  network: Number.POSITIVE_INFINITY,
};

/** The view with nothing in it that the workspace does not have. */
export function fitView(view: ViewState, workspace: Workspace): ViewState {
  const { outChannels } = focusedConv(workspace);
  const maps = mapsOf[exploredOf(workspace)] ?? outChannels;
  const opened = view.opened !== null && view.opened >= maps ? null : view.opened;
  const filter = Math.min(view.filter, outChannels - 1);
  return opened === view.opened && filter === view.filter ? view : { ...view, opened, filter };
}

/** True when the two differ in nothing but the view. */
export function sameWorkspace(a: Workspace, b: Workspace): boolean {
  const parts = [
    'focus',
    'input',
    'graph',
    'weights',
    'kind',
    'networkLayer',
    'compare',
    'network',
    'channels',
    'train',
  ] as const;
  return parts.every((part) => same(a[part], b[part]));
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function withLayer(workspace: Workspace, conv: Conv2d): Workspace {
  const changed = { ...workspace, graph: withConv(workspace.graph, workspace.focus, conv) };
  return changeWeights(changed, (weights) => resizeWeights(weights, conv.outChannels));
}
