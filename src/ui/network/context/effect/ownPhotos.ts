/** Photos that a person has added to the mean: files, which stay as long as the page is open and go into no link. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OtherPhoto } from '../../../../live/network/effect/otherPictures.ts';
import type { Session } from '../../../../live/session.ts';

export type OwnPhoto = Extract<OtherPhoto, { readonly kind: 'file' }> & {
  /** Two files may have one name. */
  readonly id: number;
};

/** More than a person waits for. */
export const mostOwnPhotos = 16;

const shelves = new WeakMap<Session, StoreApi<readonly OwnPhoto[]>>();

/** The same for one session, whichever screen is open. */
export function ownPhotosOf(session: Session): StoreApi<readonly OwnPhoto[]> {
  const shelf = shelves.get(session) ?? createStore<readonly OwnPhoto[]>(() => []);
  shelves.set(session, shelf);
  return shelf;
}

export function addOwnPhotos(session: Session, files: Iterable<File>): void {
  const shelf = ownPhotosOf(session);
  const next = 1 + (shelf.getState().at(-1)?.id ?? 0);
  const added = [...files].map((file, i): OwnPhoto => ({ kind: 'file', name: file.name, file, id: next + i }));
  shelf.setState((former) => [...former, ...added].slice(0, mostOwnPhotos), true);
}

export function removeOwnPhoto(session: Session, photo: OwnPhoto): void {
  ownPhotosOf(session).setState((former) => former.filter((each) => each !== photo), true);
}
