/**
 * A workspace as a link: `#v1=` and base64url of a deflated packet. The packet is the length of a text (uint32, little-endian), the
 * text, and the blobs that it names: the text is JSON of what differs from `linkBase`, the blobs are filters edited by hand
 * (float32) and painting. A person's own photo stays in their browser; the link carries its name, and opens on the sample photo.
 *
 * Links outlive the page that made them, so `linkBase` and the reader of version 1 never change; a new default is a difference like
 * any other. Whatever a link holds, it is read by `parseWorkspace`, which gives a valid workspace.
 */
import { activationAfter, exploreGraph, exploreNodes } from '../graph/explore.ts';
import { sha256 } from '../math/sha256.ts';
import { sliderEnds } from '../operators/conv2d/limits.ts';
import type { Result } from '../operators/operator.ts';
import type { BlobStore } from './blobs.ts';
import { focusedConv, focusedWeights } from './changes.ts';
import { type Fields, fieldsOf, listOf, readInteger } from './fields.ts';
import { largestSide, parseWorkspace } from './parse/parseWorkspace.ts';
import {
  concat,
  type Deflater,
  fromBase64Url,
  fromPlanes,
  fromRuns,
  inflateWithin,
  toBase64Url,
  toPlanes,
  toRuns,
} from './share/binary.ts';
import { differences, withDifferences } from './share/differences.ts';
import { filtersFromText, filtersToText } from './share/filterText.ts';
import { withoutFiles } from './unread.ts';
import { type BlobHash, type Workspace, workspaceVersion } from './workspace.ts';

/** The longest hash of a link, in characters. */
export const longestLink = 8192;
/** Deflate makes nothing smaller than by a factor of 1032: no link of that length holds more bytes. */
const largestPacket = 8 * 2 ** 20;

export type SharedState =
  /** `hash` begins with '#'. `withoutPhoto`: the photo is the person's own and not in it. */
  | { readonly kind: 'link'; readonly hash: string; readonly withoutPhoto: boolean }
  | { readonly kind: 'too-large'; readonly bytes: number };

export interface OpenedLink {
  readonly workspace: Workspace;
  /** What the workspace names by hash, to be put into the blob store before it is opened. */
  readonly blobs: readonly Uint8Array[];
  /** The name of the photo that the link could not carry; the default sample stands in. */
  readonly missingPhoto: string | null;
}

/** What version 1 leaves out. Frozen: see above. */
const linkBase = {
  input: {
    photo: { kind: 'sample', name: 'cat' },
    workingSize: null,
    channels: 'rgb',
    range: 'unit',
    ground: '#ffffff',
    painting: null,
  },
  conv: {
    outChannels: 9,
    kernelSize: [3, 3],
    stride: [1, 1],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
    dilation: [1, 1],
    groups: 1,
    bias: true,
    paddingMode: 'zeros',
  },
  activation: 'none',
  filters: 'sobel_x sobel_y laplacian gaussian sharpen emboss gabor:64:-4 gabor:64:-1 gabor:64:-8',
  bias: 0,
  view: {
    colourMap: 'auto',
    range: 'per-map',
    fixed: [-1, 1],
    percentiles: true,
    sort: 'index',
    tileWidth: 200,
    zoom: { scale: 1, x: 0, y: 0 },
    opened: null,
    filter: 0,
    pin: null,
  },
  /** Lengths of the blobs behind the text. */
  blobs: [],
} as const;

/** What was added to version 1: links from before do not say it, and pages from before do not read it. */
const linkBaseSince = {
  ...linkBase,
  view: {
    ...linkBase.view,
    screen: 'explore',
    comparedRange: 'per-column',
    comparedUnit: { channel: 5, u: 0.36, v: 0.395 },
    network: { layer: null, unit: { channel: 8, u: 0.36, v: 0.395 }, open: null, effect: null, scale: null },
    channels: null,
    train: null,
    learn: null,
  },
  kind: null,
  networkLayer: null,
  network: {
    layers: 'stack',
    off: [],
    weights: { distribution: 'he', seed: 11, own: {} },
    input: { size: null, crop: 'whole' },
    levers: { size: null, width: 1, groups: null, subsampling: null },
  },
  channels: null,
  train: null,
  compare: {
    stem: { bank: 'gabor', channels: 16 },
    outChannels: 16,
    seed: 11,
    columns: [
      { kind: 'standard', kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2 },
      { kind: 'separable', kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2 },
      { kind: 'grouped', kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2 },
      { kind: 'dilated', kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2 },
    ],
    loss: {
      layer: 'esrgan/GFF_2',
      by: 'responses',
      substitutes: [
        { kind: 'depthwise_separable', size: 1 },
        { kind: 'depthwise_separable', size: 2 },
        { kind: 'spatially_separable', size: 16 },
        { kind: 'grouped', size: 4 },
        { kind: 'regrouped', size: 4 },
        { kind: 'low_rank', size: 16 },
        { kind: 'pointwise', size: 1 },
        { kind: 'smaller_kernel', size: 2 },
        { kind: 'dilated', size: 2 },
      ],
    },
  },
} as const;

export async function writeShareLink(workspace: Workspace, blobs: Pick<BlobStore, 'get'>): Promise<SharedState> {
  const { input, view, kind, networkLayer, compare, network, channels, train } = workspace;
  const withoutPhoto = input.photo.kind === 'file';
  const { kind: _, inChannels: __, ...conv } = focusedConv(workspace);
  const { filters, bias } = focusedWeights(workspace);

  const edited = filters.flatMap(({ recipe }) => (recipe.kind === 'custom' ? [recipe.hash] : []));
  const hashes = [...new Set(edited)];
  const packed = (await Promise.all(hashes.map((hash) => blobs.get(hash)))).map((bytes) =>
    toPlanes(bytes ?? new Uint8Array()),
  );
  // Painting on a photo that is not in the link would lie on another picture.
  const painting = withoutPhoto ? null : input.painting;
  const pixels = painting && (await blobs.get(painting.hash));
  if (pixels) {
    const runs = toRuns(pixels, largestPacket);
    if (!runs) return { kind: 'too-large', bytes: pixels.length };
    packed.push(runs);
  }

  const written = {
    input: {
      ...input,
      photo: input.photo.kind === 'file' ? { kind: 'own', name: input.photo.name } : input.photo,
      painting: painting && pixels ? { width: painting.width, height: painting.height } : null,
    },
    conv,
    activation: activationAfter(workspace.graph, workspace.focus),
    filters: filtersToText(filters, hashes),
    bias: bias.every((each) => each === bias[0]) ? bias[0] : bias,
    view,
    kind,
    networkLayer,
    compare,
    network,
    // A person's own files stay in their browser.
    channels: withoutFiles(channels),
    train: withoutFiles(train),
    blobs: packed.map((bytes) => bytes.length),
  };
  const text = new TextEncoder().encode(JSON.stringify(differences(written, linkBaseSince) ?? {}));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const packet = concat([length, text, ...packed]);
  // What cannot fit need not be deflated.
  if (packet.length > largestPacket) return { kind: 'too-large', bytes: packet.length };
  const { deflateSync } = await loadDeflater();
  const hash = `#v1=${toBase64Url(deflateSync(packet, { level: 9 }))}`;
  return hash.length > longestLink ? { kind: 'too-large', bytes: hash.length } : { kind: 'link', hash, withoutPhoto };
}

/** Never rejects: what cannot be read is refused. */
export async function readShareLink(hash: string): Promise<Result<OpenedLink>> {
  const [, version, payload] = /^#v(\d{1,9})=([\w-]*)/.exec(hash) ?? [];
  if (version === undefined || payload === undefined || payload.length > longestLink) return unreadable();
  if (Number(version) > 1) {
    const message = `version ${version} is newer than 1`;
    return { ok: false, error: { code: 'link-newer', values: { version: Number(version) }, message } };
  }
  try {
    return readPacket(inflateWithin(fromBase64Url(payload), largestPacket, await loadDeflater()));
  } catch {
    return unreadable();
  }
}

function unreadable(): Result<OpenedLink> {
  return { ok: false, error: { code: 'link-unreadable', values: {}, message: 'the link holds no state' } };
}

/** Throws on what is no packet. */
function readPacket(packet: Uint8Array): Result<OpenedLink> {
  const end = 4 + new DataView(packet.buffer, packet.byteOffset).getUint32(0, true);
  const text: unknown = JSON.parse(new TextDecoder().decode(packet.subarray(4, end)));
  const fields = fieldsOf(fieldsOf(text) && withDifferences(linkBaseSince, text));
  if (!fields) return unreadable();
  const input = fieldsOf(fields.input) ?? {};
  const photo = fieldsOf(input.photo) ?? {};
  const isOwn = photo.kind === 'own';

  const parts = partsOf(packet.subarray(end), listOf(fields.blobs));
  const pixels = paintingOf(input, parts);
  const edited = (pixels ? parts.slice(0, -1) : parts).map(fromPlanes);
  const hashes = edited.map(sha256);
  const paintingHash = pixels && sha256(pixels);
  const unchecked = {
    version: workspaceVersion,
    input: {
      ...input,
      photo: isOwn ? linkBase.input.photo : photo,
      painting: paintingHash && { ...fieldsOf(input.painting), hash: paintingHash },
    },
    graph: graphOf(fields),
    focus: exploreNodes.conv,
    weights: { [exploreNodes.conv]: weightsOf(fields, hashes) },
    kind: fields.kind,
    networkLayer: fields.networkLayer,
    compare: fields.compare,
    network: fields.network,
    channels: fields.channels,
    train: fields.train,
    view: fields.view,
  };
  const parsed = parseWorkspace(unchecked);
  if (!parsed.ok) return parsed;
  const missingPhoto = isOwn ? String(photo.name ?? '').slice(0, 255) : null;
  return {
    ok: true,
    value: { workspace: parsed.value, blobs: pixels ? [...edited, pixels] : edited, missingPhoto },
  };
}

/** The blobs behind the text; throws when they are not there whole. */
function partsOf(bytes: Uint8Array, lengths: readonly unknown[]): readonly Uint8Array[] {
  let at = 0;
  return lengths.map((length) => {
    const size = readInteger(length, 0, bytes.length, 0);
    at += size;
    if (at > bytes.length) throw new RangeError('the blobs end early');
    return bytes.subarray(at - size, at);
  });
}

function paintingOf(input: Fields, parts: readonly Uint8Array[]): Uint8Array | null {
  const painting = fieldsOf(input.painting);
  const runs = parts.at(-1);
  if (!painting || !runs) return null;
  const side = (value: unknown) => readInteger(value, 1, largestSide, 1);
  return fromRuns(runs, side(painting.width) * side(painting.height));
}

function graphOf(fields: Fields): unknown {
  const { nodes } = exploreGraph({ ...linkBase.conv, kind: 'conv2d', inChannels: 3 }, 'none');
  return {
    nodes: nodes.map((node) => {
      if (node.operator.kind === 'conv2d') return { ...node, operator: { ...fieldsOf(fields.conv), kind: 'conv2d' } };
      if (node.operator.kind !== 'activation') return node;
      return { ...node, operator: { kind: 'activation', function: fields.activation } };
    }),
  };
}

function weightsOf(fields: Fields, hashes: readonly BlobHash[]): unknown {
  const most = sliderEnds.outChannels;
  const bias = typeof fields.bias === 'number' ? Array.from({ length: most }, () => fields.bias) : fields.bias;
  return { filters: typeof fields.filters === 'string' ? filtersFromText(fields.filters, hashes, most) : [], bias };
}

function loadDeflater(): Promise<Deflater> {
  return import('fflate');
}
