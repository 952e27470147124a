/**
 * Where photos are opened and made into input tensors, off the main thread. The opened photos stay in the worker (64 MiB each at
 * most); only working pictures, with the values made from them, come back, by transfer.
 */
import type { ChannelChoice, ValueRange } from '../../graph/input.ts';
import type { Result } from '../../operators/operator.ts';
import { decodeKnown, decodePhoto, rasterOf } from './decode.ts';
import { longestSide, type Photo, type PhotoError, type PhotoFormat } from './photo.ts';
import { type Raster, resample } from './resample.ts';
import { channelCount, keepsAlpha, toTensor } from './tensor.ts';
import { type Painting, type WorkingPicture, workingPicture } from './workingPicture.ts';
import { workingDimensions } from './workingSize.ts';

/** A photo that stands on the desk, by number. */
export interface OpenPhoto {
  readonly id: number;
  readonly fullWidth: number;
  readonly fullHeight: number;
  readonly opaque: boolean;
  readonly format: PhotoFormat;
}

export interface PictureRequest {
  /** Longest side in pixels. */
  readonly workingSize: number;
  /** '#rrggbb' */
  readonly ground: string;
  readonly painting: Painting | null;
  readonly channels: ChannelChoice;
  readonly range: ValueRange;
}

/** The working picture and the input tensor [C, H, W] made from it. */
export interface PictureTensor extends WorkingPicture {
  readonly values: Float32Array<ArrayBuffer>;
  readonly channels: number;
}

export interface PhotoDesk {
  /** Decodes a file and keeps the photo. `known`: the format of a file that the page brings itself. Never rejects for a bad file. */
  open(file: Blob, known?: PhotoFormat): Promise<Result<OpenPhoto, PhotoError>>;
  /** Rejects (RangeError) when the photo has been closed. */
  picture(id: number, request: PictureRequest): Promise<PictureTensor>;
  /** A frame of a camera or video; the bitmap is taken over and closed. */
  frame(bitmap: ImageBitmap, request: PictureRequest): Promise<PictureTensor>;
  close(id: number): Promise<void>;
}

function tensorOf(
  photo: Pick<Photo, 'rgba' | 'width' | 'height' | 'fullWidth' | 'fullHeight'>,
  request: PictureRequest,
): PictureTensor {
  const { workingSize, ground, painting, channels, range } = request;
  const picture = workingPicture(photo, workingSize, ground, painting, keepsAlpha(channels));
  const values = toTensor(picture.rgba, picture.width, picture.height, channels, range);
  return { ...picture, values, channels: channelCount(channels) };
}

/** The desk itself; runs where it is made. `photoDeskClient.ts` puts it into a worker. */
export function createPhotoDesk(): PhotoDesk {
  const photos = new Map<number, Photo>();
  let nextId = 1;
  // Painting and a change of channels or range keep the size: the large photo is not averaged again for them.
  let shrunk: { readonly id: number; readonly raster: Raster } | null = null;
  const shrink = (id: number, photo: Photo, workingSize: number): Raster => {
    const { width, height } = workingDimensions(photo.fullWidth, photo.fullHeight, workingSize);
    if (shrunk?.id === id && shrunk.raster.width === width && shrunk.raster.height === height) return shrunk.raster;
    const raster = resample(photo, width, height);
    shrunk = { id, raster };
    return raster;
  };
  return {
    async open(file, known) {
      const decoded = await (known ? decodeKnown(file, known) : decodePhoto(file));
      if (!decoded.ok) return decoded;
      const id = nextId++;
      photos.set(id, decoded.value);
      const { fullWidth, fullHeight, opaque, format } = decoded.value;
      return { ok: true, value: { id, fullWidth, fullHeight, opaque, format } };
    },
    async picture(id, request) {
      const photo = photos.get(id);
      if (!photo) throw new RangeError(`photo ${id} is closed`);
      const { fullWidth, fullHeight } = photo;
      return tensorOf({ ...shrink(id, photo, request.workingSize), fullWidth, fullHeight }, request);
    },
    async frame(bitmap, request) {
      try {
        // A frame needs no more pixels than it is shown with.
        const raster = rasterOf(bitmap, Math.min(longestSide, request.workingSize));
        return tensorOf({ ...raster, fullWidth: bitmap.width, fullHeight: bitmap.height }, request);
      } finally {
        bitmap.close();
      }
    },
    async close(id) {
      photos.delete(id);
      if (shrunk?.id === id) shrunk = null;
    },
  };
}
