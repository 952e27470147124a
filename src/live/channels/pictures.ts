/** The pictures that channels are looked at on, all of one size: this photo, the samples, or a person's own files. */
import type { PhotoDesk } from '../../formats/image/photoDesk.ts';
import { toTensor } from '../../formats/image/tensor.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { ChannelsState } from '../../store/channels.ts';
import type { InputState } from '../../store/workspace.ts';
import { fitted, type OtherPhoto, OtherPhotoError, otherPictures } from '../network/effect/otherPictures.ts';
import type { Picture } from '../results.ts';
import { ChannelsRefusal, type ChannelsSubject } from './subject.ts';

export interface PictureSources {
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly startDesk: () => PhotoDesk & { dispose(): void };
  readonly fetchSample: (name: string) => Promise<Blob>;
  /** The samples by name, in the order in which they are shown. */
  readonly samples: readonly string[];
}

export interface PictureChoice {
  readonly images: ChannelsState['images'];
  readonly files: ChannelsState['files'];
  readonly ground: InputState['ground'];
  readonly size: readonly [height: number, width: number];
}

/** Rejects with ChannelsRefusal at the first that cannot be had, or the signal's reason between two pictures. */
export async function picturesFor(
  { photo: how }: ChannelsSubject,
  { images, files, ground, size: [height, width] }: PictureChoice,
  photo: Picture,
  sources: PictureSources,
  signal: AbortSignal,
): Promise<readonly Picture[]> {
  const own = asRead(photo, how);
  const like = fitted(own, { height, width });
  if (images.source === 'photo') return [like];
  const photos = images.source === 'samples' ? samplesOf(sources) : await filesOf(files, sources.blobs);
  if (photos.length === 0) return [like];
  const desk = sources.startDesk();
  try {
    const pictures: Picture[] = [];
    for (const each of photos) {
      signal.throwIfAborted();
      const { fetchSample } = sources;
      pictures.push(...(await otherPictures({ desk, fetchSample, photos: [each], like, input: { ...how, ground } })));
    }
    return pictures;
  } catch (error) {
    throw error instanceof OtherPhotoError ? new ChannelsRefusal(error.problem) : error;
  } finally {
    desk.dispose();
  }
}

/** The photo that is shown, in the channels and range that the network reads. */
function asRead(photo: Picture, { channels, range }: ChannelsSubject['photo']): Picture {
  const values = toTensor(photo.rgba, photo.width, photo.height, channels, range);
  return { ...photo, values, channels: values.length / (photo.width * photo.height) };
}

const samplesOf = ({ samples }: PictureSources): readonly OtherPhoto[] =>
  samples.map((name) => ({ kind: 'sample', name }));

async function filesOf(files: ChannelsState['files'], blobs: PictureSources['blobs']): Promise<readonly OtherPhoto[]> {
  const photos: OtherPhoto[] = [];
  for (const { hash, name } of files) {
    const bytes = await blobs.get(hash);
    if (!bytes) throw new ChannelsRefusal({ kind: 'photo', code: 'missing', values: { name } });
    photos.push({ kind: 'file', name, file: new Blob([bytes.slice()]) });
  }
  return photos;
}
