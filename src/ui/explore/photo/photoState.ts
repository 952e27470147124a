/** What the photo shows, derived from the stores: its padding, its frame, and which pixels are lit. */
import { channelCount, colourOfZero, toPicture } from '../../../formats/image/tensor.ts';
import { convOf } from '../../../graph/explore.ts';
import type { ExploredOutput, Output, Picture } from '../../../live/results.ts';
import type { Session } from '../../../live/session.ts';
import type { PerSide } from '../../../operators/operator.ts';
import { exploredOf } from '../../../store/explored.ts';
import type { PointerState, Unit } from '../../../store/pointer.ts';
import type { InputState, Workspace } from '../../../store/workspace.ts';
import { type ConvGeometry, convGeometry, latticeOfUnit, latticeOfWeight } from '../../../views/photo/convGeometry.ts';
import { type Pixels, paddedPixels } from '../../../views/photo/paddedPixels.ts';
import { type PhotoFrame, photoFrame } from '../../../views/photo/photoFrame.ts';
import type { PhotoHighlight } from '../../../views/photo/photoOverlay.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';

/** The geometry of Explore's convolution on this picture, or null where it gives no output or another layer is looked at. */
export function geometryOf(workspace: Workspace, picture: Picture): ConvGeometry | null {
  if (exploredOf(workspace) !== 'convolution') return null;
  const geometry = convGeometry(convOf(workspace.graph, workspace.focus), [picture.height, picture.width]);
  return geometry.h.outputs > 0 && geometry.w.outputs > 0 ? geometry : null;
}

export function paddingOf(geometry: ConvGeometry | null): PerSide {
  if (!geometry) return { top: 0, bottom: 0, left: 0, right: 0 };
  const { h, w } = geometry;
  return { top: h.before, bottom: h.after, left: w.before, right: w.after };
}

export function frameOf(
  picture: Picture,
  geometry: ConvGeometry | null,
  workspace: Workspace,
  size: ElementSize,
): PhotoFrame {
  return photoFrame(size, picture, paddingOf(geometry), workspace.view.zoom);
}

/** The picture as the layer sees it: a single channel is grey. */
export function shownPixels(picture: Picture, { channels, range }: InputState): Pixels {
  if (picture.channels > 2 || channelCount(channels) !== picture.channels) return picture;
  const { width, height } = picture;
  return { rgba: toPicture(picture.values, width, height, channels, range), width, height };
}

/** With its padding drawn as what it copies. */
export function paddedPicture(pixels: Pixels, geometry: ConvGeometry | null, input: InputState): Pixels {
  if (!geometry) return pixels;
  return paddedPixels(pixels, paddingOf(geometry), geometry.h.mode, colourOfZero(input.channels, input.range));
}

/** The unit whose field is shown: where the sliding window stands, else the hovered one, else the pinned one. `outputs`: in a row. */
export function unitInFocus({ hover, pin, playback }: PointerState, outputs: number): Unit | null {
  const channel = pin?.channel ?? 0;
  const { position } = playback;
  if (position !== null) return { channel, y: Math.floor(position / outputs), x: position % outputs };
  return hover?.on === 'map' ? hover.unit : pin;
}

/** What a layer other than Explore's convolution lights: its maps' size, and what a unit sees. */
export interface KindSight {
  readonly kind: ExploredOutput;
  readonly height: number;
  readonly width: number;
}

export function sightOf(workspace: Workspace, output: Output | null): KindSight | null {
  if (exploredOf(workspace) === 'convolution' || !output?.kind) return null;
  return { kind: output.kind, height: output.shape[2], width: output.shape[3] };
}

function sightHighlight(pointer: PointerState, { kind, height, width }: KindSight): PhotoHighlight | null {
  const { hover } = pointer;
  if (hover?.on === 'photo') return { kind: 'pixel', y: hover.y, x: hover.x };
  const unit = unitInFocus(pointer, width);
  if (!unit) return null;
  const at = { y: Math.min(unit.y, height - 1), x: Math.min(unit.x, width - 1) };
  const lattice = kind.fieldOf(at);
  // A unit of a transposed layer may read nothing at all.
  if (lattice.rows.length === 0 || lattice.columns.length === 0) return null;
  return { kind: 'field', lattice, points: kind.samplesOf(at) };
}

export function highlightOf(
  pointer: PointerState,
  geometry: ConvGeometry | null,
  sight: KindSight | null,
): PhotoHighlight | null {
  if (sight) return sightHighlight(pointer, sight);
  if (!geometry) return null;
  const { hover } = pointer;
  if (hover?.on === 'photo') return { kind: 'pixel', y: hover.y, x: hover.x };
  if (hover?.on === 'weight') return { kind: 'weight', lattice: latticeOfWeight(geometry, hover.y, hover.x) };
  const unit = unitInFocus(pointer, geometry.w.outputs);
  if (!unit) return null;
  const y = Math.min(unit.y, geometry.h.outputs - 1);
  const x = Math.min(unit.x, geometry.w.outputs - 1);
  return { kind: 'field', lattice: latticeOfUnit(geometry, y, x) };
}

/** The picture and everything about it, or null before there is one. */
export interface PhotoState {
  readonly picture: Picture;
  readonly workspace: Workspace;
  readonly geometry: ConvGeometry | null;
  readonly sight: KindSight | null;
  readonly frame: PhotoFrame;
}

export function photoState(session: Session, size: ElementSize): PhotoState | null {
  const { picture, output } = session.results.getState();
  const { workspace } = session.workspace.getState();
  if (!picture) return null;
  const geometry = geometryOf(workspace, picture);
  return {
    picture,
    workspace,
    geometry,
    sight: sightOf(workspace, output),
    frame: frameOf(picture, geometry, workspace, size),
  };
}
