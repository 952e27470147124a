/** The experiment as files to take home: numbers, a script that checks them, the state, and a picture of the maps. */
import { displayEnds } from '../engine/displayRange.ts';
import type { DisplayRange, Engine, MapStatistics, Tensor } from '../engine/engine.ts';
import { type Experiment, exportNpz } from '../formats/experiment/experiment.ts';
import { inputsBeside } from '../formats/experiment/inputsBeside.ts';
import type { KindExperiment } from '../formats/experiment/kindExperiment.ts';
import { exportPyTorch } from '../formats/experiment/pytorchScript.ts';
import { exportName } from '../formats/exportNames.ts';
import { composeMapsPng, type MapsPng, type PngTile } from '../formats/mapsPng.ts';
import { exportJson, packState } from '../formats/stateFile.ts';
import { exportCsv } from '../formats/statisticsCsv.ts';
import { activationAfter, convOf } from '../graph/explore.ts';
import { type NodeId, valuesIn } from '../graph/graph.ts';
import { materialiseInPieces } from '../graph/weights/drawnParameters.ts';
import { filterDataName } from '../graph/weights/filterDataName.ts';
import type { HostTensor } from '../operators/operator.ts';
import type { BlobStore } from '../store/blobs.ts';
import { exploredState } from '../store/explored.ts';
import { hashesOf } from '../store/hashes.ts';
import type { Workspace } from '../store/workspace.ts';
import { mapPicture } from '../views/mapPicture.ts';
import { shownNode, withOwnInputs } from './ownInputs.ts';
import { readAll } from './readAll.ts';
import type { ExploredOutput, Output } from './results.ts';
import type { ExportKind, PictureWords, Session } from './session.ts';

/** The longest side of one map in the saved picture, in pixels. */
const tileSide = 384;
/** Smaller maps are drawn with whole squares for values, about this large. */
const leastTileSide = 240;

/** The maps of one state, computed for an export: those on the screen are freed as soon as newer ones are there. */
interface Snapshot {
  readonly engine: Engine;
  readonly output: Output;
  readonly focus: string;
  readonly maps: Tensor;
  readonly programs: readonly string[];
  /** What the graph reads. */
  readonly inputs: Readonly<Record<NodeId, Tensor>>;
  /** What a layer of another kind reads, where that is not the photo. */
  readonly read: Tensor | null;
}

/** Settles when what is shown is the newest workspace's; at once while a camera or video is live, for its pictures never stop. */
async function settled({ results, camera }: Session): Promise<void> {
  const isStill = () => {
    const { busy, pictureBusy, filtersStatus } = results.getState();
    return !(busy || pictureBusy || filtersStatus === 'coming') || camera.getState().status === 'live';
  };
  // Asked again after each change: between two steps of one change nothing may be busy.
  while (!isStill()) {
    await new Promise<void>((resolve) => {
      const stops = [results.subscribe(change), camera.subscribe(change)];
      function change(): void {
        for (const stop of stops) stop();
        resolve();
      }
    });
  }
}

/** The present state has no maps to take home: none yet, or they could not be computed. */
export class NoMapsError extends Error {
  override readonly name = 'NoMapsError';
}

/** Of where a layer stands, what is said beside its numbers. */
function saidOf(kind: ExploredOutput): Readonly<Record<string, unknown>> {
  if (kind.from === 'network') {
    const { layers, weights } = kind.state;
    const [node] = kind.nodes;
    return { kind: node?.operator.kind, network: layers, layer: kind.node, reads: node?.inputs, weights };
  }
  const { bank, weights, offsets } = kind.state;
  return { kind: kind.state.kind, reads: bank ?? 'photo', weights, offsets };
}

/** Computes the present output once more, exactly whatever is on the screen, and hands it to `use`. Rejects when there are no maps, or when the engine fails. */
async function withMaps<T>(session: Session, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const { engine, output, focus } = present(session);
  const { graph, parameters, kind } = output;
  const shown = shownNode(output, focus);
  return withOwnInputs(engine, output, async (inputs) => {
    const source = kind && !(kind.source in inputs) ? [kind.source] : [];
    const outputs = [...source, shown];
    const { tensors, programs } = await engine.run({ graph, parameters, inputs, outputs, precision: 'exact' });
    try {
      const maps = tensors[shown];
      if (!maps) throw new Error(`the run gave no maps for ${shown}`);
      const read = kind ? (tensors[kind.source] ?? inputs[kind.source] ?? null) : null;
      return await use({ engine, output, focus, maps, programs, read, inputs });
    } finally {
      for (const tensor of Object.values(tensors)) tensor.free();
    }
  });
}

async function experimentOf({ engine, output, focus, maps, programs }: Snapshot): Promise<Experiment> {
  const parameters = valuesIn(output.parameters, focus);
  if (!parameters) throw new Error(`no parameters of ${focus}`);
  const { picture, graph } = output;
  return {
    conv: convOf(graph, focus),
    activation: activationAfter(graph, focus),
    engine: engine.description.kind,
    programs,
    x: { shape: [1, picture.channels, picture.height, picture.width], values: picture.values },
    weight: parameters.weight,
    bias: parameters.bias,
    y: { shape: maps.shape, values: await readAll(engine, maps) },
  };
}

async function kindExperimentOf({ engine, output, maps, programs, read, inputs }: Snapshot): Promise<KindExperiment> {
  const { kind, picture } = output;
  if (!kind) throw new Error('the maps are of no other kind');
  const x = { shape: [1, picture.channels, picture.height, picture.width] as const, values: picture.values };
  const { nodes, source, activation, lines } = kind;
  const parameters = await materialiseInPieces({ nodes }, output.parameters, pause);
  const constants: Record<NodeId, HostTensor<Float32Array>> = { ...kind.constants };
  for (const id of inputsBeside(kind)) {
    const tensor = inputs[id];
    if (tensor) constants[id] = { shape: tensor.shape, values: await readAll(engine, tensor) };
  }
  return {
    ...{ nodes, parameters, source, activation, constants, x },
    read: read ? { shape: read.shape, values: await readAll(engine, read) } : x,
    y: { shape: maps.shape, values: await readAll(engine, maps) },
    said: {
      ...saidOf(kind),
      pytorch: lines,
      activation,
      engine: engine.description.kind,
      programs,
    },
  };
}

/** Lets the page answer. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** What `workspace` names by hash; `edited` leaves out the photo and what was painted on it. */
async function blobsOf(
  workspace: Workspace,
  blobs: BlobStore,
  part: 'all' | 'edited',
): Promise<Map<string, Uint8Array>> {
  const { input } = workspace;
  const pictures = [input.photo.kind === 'file' ? input.photo.hash : null, input.painting?.hash ?? null];
  const found = new Map<string, Uint8Array>();
  for (const hash of hashesOf(workspace)) {
    if (part === 'edited' && pictures.includes(hash)) continue;
    const bytes = await blobs.get(hash);
    if (bytes) found.set(hash, bytes);
  }
  return found;
}

function present(session: Session): { readonly engine: Engine; readonly output: Output; readonly focus: string } {
  const { running, output, picture, filters, filtersStatus } = session.results.getState();
  const { workspace } = session.workspace.getState();
  const { graph, focus } = workspace;
  const state = exploredState(workspace);
  const isLayer = (kind: ExploredOutput) => kind.from === 'bank' || kind.node === workspace.networkLayer;
  // Where the newest state could not be computed, the maps on the screen are an earlier one's.
  const isNewest =
    session.camera.getState().status === 'live' ||
    (state !== null && output?.kind?.state === state && isLayer(output.kind)) ||
    (state === null &&
      filtersStatus === 'current' &&
      output?.graph === graph &&
      output.picture === picture &&
      output.parameters[focus] === filters?.values);
  if (!running || !output || !isNewest) throw new NoMapsError();
  return { engine: running, output, focus };
}

/** Makes the file of `kind`. Rejects with NoMapsError when the present state has no maps, and when the engine fails while they are read. */
export async function makeExport(kind: Exclude<ExportKind, 'png'>, session: Session, blobs: BlobStore): Promise<File> {
  if (kind === 'json' || kind === 'convscope') return stateFile(kind, session.workspace.getState().workspace, blobs);
  await settled(session);
  const { workspace } = session.workspace.getState();
  const { output, focus } = present(session);
  const named = (name: typeof kind) => exportName(name, output.picture.name);
  if (output.kind && kind !== 'csv') {
    const { kindNpz, kindPyTorch } = await import('../formats/experiment/kindExperiment.ts');
    if (kind === 'npz') {
      const npz = kindNpz(await withMaps(session, kindExperimentOf));
      return new File([npz], named('npz'), { type: 'application/zip' });
    }
    const names = { script: named('pytorch'), npz: named('npz') };
    const { nodes, source, activation, shapes } = output.kind;
    const script = kindPyTorch({ nodes, source, activation, shapes, parameters: output.parameters }, names);
    return new File([script], names.script, { type: 'text/x-python' });
  }
  switch (kind) {
    case 'npz': {
      const experiment = await withMaps(session, experimentOf);
      return new File([exportNpz(experiment)], named('npz'), { type: 'application/zip' });
    }
    case 'pytorch': {
      const names = { script: named('pytorch'), npz: named('npz') };
      const script = exportPyTorch(convOf(output.graph, focus), activationAfter(output.graph, focus), names);
      return new File([script], names.script, { type: 'text/x-python' });
    }
    case 'csv': {
      const filters = output.kind ? [] : (workspace.weights[focus]?.filters ?? []);
      const names = filters.map(({ recipe }) => filterDataName(recipe));
      const statistics = await withMaps(session, ({ engine, maps }) => engine.statistics(maps));
      return new File([exportCsv(statistics, names)], named('csv'), { type: 'text/csv' });
    }
    default:
      return kind satisfies never;
  }
}

/** What a person has chosen, and what it names by hash: it waits for no maps. */
async function stateFile(kind: 'json' | 'convscope', workspace: Workspace, blobs: BlobStore): Promise<File> {
  const name = exportName(kind, workspace.input.photo.name);
  if (kind === 'json') {
    const text = exportJson(workspace, await blobsOf(workspace, blobs, 'edited'));
    return new File([text], name, { type: 'application/json' });
  }
  const bytes = packState(workspace, await blobsOf(workspace, blobs, 'all'));
  return new File([bytes], name, { type: 'application/octet-stream' });
}

/** The maps with names, code and legend as a PNG file. `wordsOf` is asked once the maps are the newest. */
export async function makePicture(session: Session, wordsOf: () => PictureWords | null): Promise<File> {
  await settled(session);
  const { output } = present(session);
  const words = wordsOf();
  if (!words) throw new NoMapsError();
  const { statistics, canvas, tiles } = await withMaps(session, async ({ engine, maps }) => {
    const found = await engine.statistics(maps);
    return { statistics: found, ...(await drawMaps(engine, maps, found, words)) };
  });
  const ends = displayEnds(words.range, statistics, 0);
  const isPerMap = words.range.mode === 'per-map';
  const png: MapsPng = {
    canvas,
    title: words.title,
    code: words.code,
    tiles,
    legend: {
      colours: words.colours,
      lo: isPerMap ? words.ends.lowest : words.number(ends.lo),
      middle: isSymmetric(words.range) ? words.number(0) : null,
      hi: isPerMap ? words.ends.highest : words.number(ends.hi),
      caption: words.caption,
    },
    style: words.style,
  };
  return new File([await composeMapsPng(png)], exportName('png', output.picture.name), { type: 'image/png' });
}

function isSymmetric(range: DisplayRange): boolean {
  return range.mode === 'fixed' ? range.lo === -range.hi : range.symmetric;
}

/** All maps on one canvas, each at most `tileSide` long and not much shorter than `leastTileSide`. */
async function drawMaps(
  engine: Engine,
  maps: Tensor,
  statistics: readonly MapStatistics[],
  words: PictureWords,
): Promise<{ readonly canvas: OffscreenCanvas; readonly tiles: readonly PngTile[] }> {
  const [, channels, height, width] = maps.shape;
  const side = Math.max(width, height);
  const scale = side < leastTileSide ? Math.floor(leastTileSide / side) : Math.min(1, tileSide / side);
  const target = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  // A grid that is about square stays below every browser's limit for the side of a canvas.
  const across = Math.ceil(Math.sqrt(channels));
  const canvas = new OffscreenCanvas(target.width * across, target.height * Math.ceil(channels / across));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  const tiles: PngTile[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const values = await engine.read(maps, { channel, channels: 1, y: 0, x: 0, height, width });
    const ends = displayEnds(words.range, statistics, channel);
    const place = { x: (channel % across) * target.width, y: Math.floor(channel / across) * target.height };
    const rgba = mapPicture(values, { width, height }, target, ends, words.colours);
    context.putImageData(new ImageData(rgba, target.width, target.height), place.x, place.y);
    const detail = words.range.mode === 'per-map' ? `${words.number(ends.lo)} … ${words.number(ends.hi)}` : null;
    tiles.push({ ...place, ...target, label: words.label(channel), detail });
  }
  return { canvas, tiles };
}

/** Gives the file to the browser to save. */
export function download(file: File): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = file.name;
  anchor.click();
  // The download has its own hold on the file once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
