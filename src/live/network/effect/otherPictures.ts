/**
 * Other photos, made into pictures as the network reads its own: the largest part around the middle that has the picture's shape, brought
 * to its size, in the same channels and range. They are opened one after the other and closed again.
 */
import type { PhotoDesk } from '../../../formats/image/photoDesk.ts';
import type { InputState } from '../../../store/workspace.ts';
import { smallPicture } from '../../kinds/smallPicture.ts';
import type { Picture, Problem } from '../../results.ts';
import { cropped } from '../networkPicture.ts';

export type OtherPhoto =
  | { readonly kind: 'sample'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly file: Blob };

/** A photo that cannot be had, with the reason for the person. */
export class OtherPhotoError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export interface OtherPictures {
  readonly desk: PhotoDesk;
  readonly fetchSample: (name: string) => Promise<Blob>;
  readonly photos: readonly OtherPhoto[];
  /** What the network reads. */
  readonly like: Picture;
  readonly input: Pick<InputState, 'channels' | 'range' | 'ground'>;
}

/** Rejects with OtherPhotoError at the first photo that cannot be had. */
export async function otherPictures({ photos, ...how }: OtherPictures): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for (const photo of photos) pictures.push(await pictureOf(photo, how));
  return pictures;
}

async function pictureOf(
  photo: OtherPhoto,
  { desk, fetchSample, like, input }: Omit<OtherPictures, 'photos'>,
): Promise<Picture> {
  const refuse = (code: string, values: Problem['values']) => new OtherPhotoError({ kind: 'photo', code, values });
  const file = await (photo.kind === 'file' ? photo.file : fetchSample(photo.name).catch(() => null));
  if (!file) throw refuse('sample-not-loaded', { name: photo.name });
  const opened = await desk.open(file);
  if (!opened.ok) throw refuse(opened.error.code, opened.error.values);
  const { id, fullHeight, fullWidth, opaque } = opened.value;
  try {
    const scale = Math.max(like.height / fullHeight, like.width / fullWidth);
    const workingSize = Math.ceil(Math.max(fullHeight, fullWidth) * scale);
    const made = await desk.picture(id, { ...input, workingSize, painting: null });
    return fitted({ ...made, opaque, name: photo.name }, like);
  } finally {
    await desk.close(id);
  }
}

/** The middle of a picture with the shape of another, at its size. */
export function fitted(picture: Picture, { height, width }: Pick<Picture, 'height' | 'width'>): Picture {
  const scale = Math.min(picture.height / height, picture.width / width);
  const part = {
    height: Math.max(1, Math.min(picture.height, Math.round(height * scale))),
    width: Math.max(1, Math.min(picture.width, Math.round(width * scale))),
  };
  const [y, x] = [Math.floor((picture.height - part.height) / 2), Math.floor((picture.width - part.width) / 2)];
  return smallPicture(cropped(picture, { ...part, y, x }), [height, width]);
}
