/**
 * A workspace from anything: a saved record, a link, a file, of this version or an earlier one. Unknown fields are ignored, missing
 * ones take the default, wrong ones the nearest that is allowed; the result is always a workspace that runs (`constrain` has the last
 * word on the layer, here for a large picture and again when the picture arrives). Refused is only what is no state at all, or one
 * written by a newer version.
 */

import { exploreGraph, exploreNodes } from '../../graph/explore.ts';
import type { Graph } from '../../graph/graph.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { type Conv2d, type Padding, paddingModes } from '../../operators/conv2d/attributes.ts';
import { constrain, sliderEnds } from '../../operators/conv2d/limits.ts';
import type { Result } from '../../operators/operator.ts';
import { channelCounts, fitView } from '../changes.ts';
import { defaultConv, defaultInput, defaultView } from '../defaultWorkspace.ts';
import {
  type Fields,
  fieldsOf,
  listOf,
  readBoolean,
  readInteger,
  readMatch,
  readNumber,
  readOneOf,
  readPair,
} from '../fields.ts';
import { hashPattern } from '../ownFiles.ts';
import { readUnread } from '../unread.ts';
import {
  channelChoices,
  colourMaps,
  comparedRanges,
  type InputState,
  type PhotoSource,
  screens,
  sortOrders,
  type ViewState,
  valueRanges,
  type Workspace,
  workspaceVersion,
} from '../workspace.ts';
import { parseCompare } from './parseCompare.ts';
import { parseKind } from './parseKind.ts';
import { parseNetwork, parseNetworkView, parseNodeName } from './parseNetwork.ts';
import { parseWeights } from './parseWeights.ts';

/** The longest side of a working picture. */
export const largestSide = 4096;
/** More than a layer of any network has. */
const mostMaps = 65_536;

/** `migrations[v]` turns the fields of version v into those of version v + 1. */
const migrations: Readonly<Record<number, (fields: Fields) => Fields>> = {};

export function parseWorkspace(value: unknown): Result<Workspace> {
  const written = fieldsOf(value);
  if (!written) return refuse('not-a-workspace', 'the value is not a workspace', {});
  const version = readInteger(written.version, 1, Number.MAX_SAFE_INTEGER, workspaceVersion);
  if (version > workspaceVersion) {
    return refuse('newer-version', `version ${version} is newer than ${workspaceVersion}`, { version });
  }
  let fields = written;
  for (let v = version; v < workspaceVersion; v++) fields = migrations[v]?.(fields) ?? fields;

  const input = parseInput(fieldsOf(fields.input) ?? {});
  const operators = operatorsOf(fields);
  const conv = parseConv(operators.conv, channelCounts[input.channels]);
  const activation = readOneOf(operators.activation.function, activationNames, 'none');
  const graph: Graph = exploreGraph(conv, activation);
  const weights = fieldsOf(fieldsOf(fields.weights)?.[operators.convId]) ?? {};
  const workspace: Workspace = {
    version: workspaceVersion,
    input,
    graph,
    weights: { [exploreNodes.conv]: parseWeights(weights, conv.outChannels) },
    focus: exploreNodes.conv,
    kind: parseKind(fields.kind),
    networkLayer: parseNodeName(fields.networkLayer),
    compare: parseCompare(fields.compare),
    network: parseNetwork(fields.network),
    channels: readUnread(fields.channels),
    train: readUnread(fields.train),
    view: parseView(fieldsOf(fields.view) ?? {}),
  };
  return { ok: true, value: { ...workspace, view: fitView(workspace.view, workspace) } };
}

function refuse(code: string, message: string, values: Readonly<Record<string, number>>): Result<Workspace> {
  return { ok: false, error: { code, message, values } };
}

/** The convolution in focus (else the first) and the first activation, as written. */
function operatorsOf(fields: Fields): { readonly convId: string; readonly conv: Fields; readonly activation: Fields } {
  const nodes = listOf(fieldsOf(fields.graph)?.nodes).map((node) => ({
    id: fieldsOf(node)?.id,
    operator: fieldsOf(fieldsOf(node)?.operator) ?? {},
  }));
  const convs = nodes.filter((node) => node.operator.kind === 'conv2d');
  const conv = convs.find((node) => node.id === fields.focus) ?? convs[0];
  return {
    convId: typeof conv?.id === 'string' ? conv.id : exploreNodes.conv,
    conv: conv?.operator ?? {},
    activation: nodes.find((node) => node.operator.kind === 'activation')?.operator ?? {},
  };
}

function parseConv(fields: Fields, inChannels: number): Conv2d {
  const written: Conv2d = {
    kind: 'conv2d',
    inChannels,
    outChannels: readInteger(fields.outChannels, 1, sliderEnds.outChannels, defaultConv.outChannels),
    kernelSize: readPair(fields.kernelSize, 1, sliderEnds.kernelSize, defaultConv.kernelSize),
    stride: readPair(fields.stride, 1, sliderEnds.stride, defaultConv.stride),
    padding: parsePadding(fields.padding),
    dilation: readPair(fields.dilation, 1, sliderEnds.dilation, defaultConv.dilation),
    groups: readInteger(fields.groups, 1, inChannels, defaultConv.groups),
    bias: readBoolean(fields.bias, defaultConv.bias),
    paddingMode: readOneOf(fields.paddingMode, paddingModes, defaultConv.paddingMode),
  };
  return constrain(written, {}, { inputSize: [largestSide, largestSide] }).conv;
}

function parsePadding(value: unknown): Padding {
  if (value === 'same' || value === 'valid' || value === 'full') return value;
  const sides = fieldsOf(typeof value === 'number' ? { top: value, bottom: value, left: value, right: value } : value);
  if (!sides) return defaultConv.padding;
  // 'full' of the largest kernel and dilation: more never stands for anything.
  const side = (name: string) => readInteger(sides[name], 0, (sliderEnds.kernelSize - 1) * sliderEnds.dilation, 0);
  return { top: side('top'), bottom: side('bottom'), left: side('left'), right: side('right') };
}

function parseInput(fields: Fields): InputState {
  const { workingSize, painting } = { workingSize: fields.workingSize, painting: fieldsOf(fields.painting) };
  const paintingHash = readMatch(painting?.hash, hashPattern);
  const side = (value: unknown) => readInteger(value, 1, largestSide, 1);
  return {
    photo: parsePhoto(fieldsOf(fields.photo) ?? {}),
    workingSize: typeof workingSize === 'number' ? readInteger(workingSize, 16, largestSide, 16) : null,
    channels: readOneOf(fields.channels, channelChoices, defaultInput.channels),
    range: readOneOf(fields.range, valueRanges, defaultInput.range),
    ground: readMatch(fields.ground, /^#[0-9a-f]{6}$/i) ?? defaultInput.ground,
    painting:
      painting && paintingHash
        ? { hash: paintingHash, width: side(painting.width), height: side(painting.height) }
        : null,
  };
}

function parsePhoto(fields: Fields): PhotoSource {
  const hash = readMatch(fields.hash, hashPattern);
  const fileName = fields.name;
  if (fields.kind === 'file' && hash) {
    return { kind: 'file', hash, name: typeof fileName === 'string' ? fileName.slice(0, 255) : '' };
  }
  const sample = readMatch(fields.name, /^[a-z0-9-]{1,64}$/);
  return fields.kind === 'sample' && sample ? { kind: 'sample', name: sample } : defaultInput.photo;
}

function parseView(fields: Fields): ViewState {
  const largest = 3.4e38;
  const [lo, hi] = listOf(fields.fixed);
  const fixed = [
    readNumber(lo, -largest, largest, defaultView.fixed[0]),
    readNumber(hi, -largest, largest, defaultView.fixed[1]),
  ] as const;
  const zoom = fieldsOf(fields.zoom) ?? {};
  const unit = fieldsOf(fields.comparedUnit) ?? {};
  const opened = fields.opened;
  return {
    screen: readOneOf(fields.screen, screens, defaultView.screen),
    colourMap: readOneOf(fields.colourMap, colourMaps, defaultView.colourMap),
    range: readOneOf(fields.range, ['per-map', 'per-layer', 'fixed'], defaultView.range),
    fixed: fixed[0] < fixed[1] ? fixed : defaultView.fixed,
    percentiles: readBoolean(fields.percentiles, defaultView.percentiles),
    comparedRange: readOneOf(fields.comparedRange, comparedRanges, defaultView.comparedRange),
    comparedUnit: {
      channel: readInteger(unit.channel, 0, sliderEnds.outChannels - 1, defaultView.comparedUnit.channel),
      u: readNumber(unit.u, 0, 1, defaultView.comparedUnit.u),
      v: readNumber(unit.v, 0, 1, defaultView.comparedUnit.v),
    },
    sort: readOneOf(fields.sort, sortOrders, defaultView.sort),
    tileWidth: readNumber(fields.tileWidth, 16, largestSide, defaultView.tileWidth),
    zoom: {
      scale: readNumber(zoom.scale, 1, largestSide, 1),
      // Padding is drawn outside the picture, so the view may leave it by its own size.
      x: readNumber(zoom.x, -1, 2, 0),
      y: readNumber(zoom.y, -1, 2, 0),
    },
    opened: typeof opened === 'number' ? readInteger(opened, 0, mostMaps - 1, 0) : null,
    filter: readInteger(fields.filter, 0, sliderEnds.outChannels - 1, 0),
    pin: parsePin(fieldsOf(fields.pin)),
    network: parseNetworkView(fields.network),
    channels: readUnread(fields.channels),
    train: readUnread(fields.train),
    learn: readUnread(fields.learn),
  };
}

function parsePin(fields: ReturnType<typeof fieldsOf>): ViewState['pin'] {
  if (!fields) return null;
  const channel = readInteger(fields.channel, 0, mostMaps - 1, 0);
  return { channel, y: readInteger(fields.y, 0, 2 * largestSide, 0), x: readInteger(fields.x, 0, 2 * largestSide, 0) };
}
