/** The pictures that channels are looked at on, all of one size: this photo, the samples, a person's own files, or those of a data set. */
import type { PhotoDesk } from '../../formats/image/photoDesk.ts';
import { toTensor } from '../../formats/image/tensor.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { ChannelsState } from '../../store/channels.ts';
import type { InputState } from '../../store/workspace.ts';
import { fitted, type OtherPhoto, OtherPhotoError, otherPictures } from '../network/effect/otherPictures.ts';
import type { Picture, Problem } from '../results.ts';
import type { NetworkOfRun } from '../train/trainedNetworks.ts';
import { classesInTurn, fashionImages, pictureOfSet } from './dataSetPictures.ts';
import { ChannelsRefusal, type ChannelsSubject } from './subject.ts';

export interface PictureSources {
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly startDesk: () => PhotoDesk & { dispose(): void };
  readonly fetchSample: (name: string) => Promise<Blob>;
  /** A file that is served with the page, by its path. */
  readonly fetchFile: (path: string) => Promise<Uint8Array>;
  /** The networks of the Train screen's runs. */
  readonly trainedRuns: () => Promise<readonly NetworkOfRun[]>;
  /** The samples by name, in the order in which they are shown. */
  readonly samples: readonly string[];
}

export interface PictureChoice {
  readonly images: ChannelsState['images'];
  readonly files: ChannelsState['files'];
  readonly ground: InputState['ground'];
  readonly size: readonly [height: number, width: number];
}

export interface PictureSet {
  readonly pictures: readonly Picture[];
  /** What could not be had, a problem for each; the others go on without. */
  readonly refused: readonly Problem[];
}

/** Rejects with ChannelsRefusal where none can be had, or the signal's reason between two pictures. */
export async function picturesFor(
  { photo: how }: ChannelsSubject,
  { images, files, ground, size: [height, width] }: PictureChoice,
  photo: Picture,
  sources: PictureSources,
  signal: AbortSignal,
): Promise<PictureSet> {
  const own = asRead(photo, how);
  const like = fitted(own, { height, width });
  const alone = { pictures: [like], refused: [] };
  if (images.source === 'photo') return alone;
  if (images.source === 'fashion-mnist') {
    const set = await fashionImages(sources.fetchFile);
    if (!set.ok) throw new ChannelsRefusal({ kind: 'file', ...set.error });
    const places = classesInTurn(set.value, images.count);
    return { pictures: places.map((at) => pictureOfSet(set.value, at, like, how)), refused: [] };
  }
  const refused: Problem[] = [];
  const photos = images.source === 'samples' ? samplesOf(sources) : await filesOf(files, sources.blobs, refused);
  const [gone] = refused;
  if (photos.length === 0 && gone) throw new ChannelsRefusal(gone);
  if (photos.length === 0) return alone;
  const desk = sources.startDesk();
  try {
    const pictures: Picture[] = [];
    for (const each of photos) {
      signal.throwIfAborted();
      const { fetchSample } = sources;
      try {
        pictures.push(...(await otherPictures({ desk, fetchSample, photos: [each], like, input: { ...how, ground } })));
      } catch (error) {
        if (!(error instanceof OtherPhotoError)) throw error;
        refused.push({ ...error.problem, values: { ...error.problem.values, name: each.name } });
      }
    }
    const [first] = refused;
    if (pictures.length === 0 && first) throw new ChannelsRefusal(first);
    return { pictures, refused };
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

async function filesOf(
  files: ChannelsState['files'],
  blobs: PictureSources['blobs'],
  refused: Problem[],
): Promise<readonly OtherPhoto[]> {
  const photos: OtherPhoto[] = [];
  for (const { hash, name } of files) {
    const bytes = await blobs.get(hash);
    if (bytes) photos.push({ kind: 'file', name, file: new Blob([bytes.slice()]) });
    else refused.push({ kind: 'photo', code: 'missing', values: { name } });
  }
  return photos;
}
