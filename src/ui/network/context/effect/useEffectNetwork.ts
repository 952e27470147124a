/** What effective fields are measured of: the network on its photo, and on the others that were chosen, once they are there. */
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { startPhotoDesk } from '../../../../formats/image/photoDeskClient.ts';
import { fetchSample } from '../../../../live/fetchSample.ts';
import { type OtherPhoto, OtherPhotoError, otherPictures } from '../../../../live/network/effect/otherPictures.ts';
import { type EffectNetwork, effectNetwork } from '../../../../live/network/effect/unitEffect.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { networkProblem } from '../../../../live/network/refusal.ts';
import type { Picture, Problem } from '../../../../live/results.ts';
import type { EffectView } from '../../../../store/effectView.ts';
import type { PhotoSource } from '../../../../store/workspace.ts';
import { samples } from '../../../explore/input/Samples.tsx';
import { useSession, useWorkspace } from '../../../session.tsx';
import { ownPhotosOf } from './ownPhotos.ts';

export interface EffectNetworkState {
  /** Null while other photos are on their way, or one cannot be had. */
  readonly network: EffectNetwork | null;
  readonly problem: Problem | null;
}

interface Made {
  readonly photos: readonly OtherPhoto[];
  readonly like: Picture;
  readonly pictures: readonly Picture[];
  readonly problem: Problem | null;
}

export function useEffectNetwork(plan: NetworkPlan, { photos: which, samples: count }: EffectView): EffectNetworkState {
  const own = useStore(ownPhotosOf(useSession()));
  const { photo, channels, range, ground } = useWorkspace((state) => state.workspace.input);
  const photos = useMemo(() => chosen(which, count, own, photo), [which, count, own, photo]);
  const [made, setMade] = useState<Made | null>(null);
  const like = plan.picture;
  const isMade = made?.photos === photos && made.like === like;
  useEffect(() => {
    if (photos.length === 0) return;
    const desk = startPhotoDesk();
    let isWanted = true;
    const finish = (pictures: readonly Picture[], problem: Problem | null) => {
      if (isWanted) setMade({ photos, like, pictures, problem });
    };
    otherPictures({ desk, fetchSample, photos, like, input: { channels, range, ground } })
      .then(
        (pictures) => finish(pictures, null),
        (error) => finish([], error instanceof OtherPhotoError ? error.problem : networkProblem(error)),
      )
      .finally(desk.dispose);
    return () => {
      isWanted = false;
    };
  }, [photos, like, channels, range, ground]);
  const others = photos.length === 0 ? none : isMade && made.problem === null ? made.pictures : null;
  const network = useMemo(() => others && effectNetwork(plan, others), [plan, others]);
  return { network, problem: isMade && photos.length > 0 ? made.problem : null };
}

const none: readonly Picture[] = [];

function chosen(
  which: EffectView['photos'],
  count: number,
  own: readonly OtherPhoto[],
  present: PhotoSource,
): readonly OtherPhoto[] {
  switch (which) {
    case 'this':
      return [];
    case 'own':
      return own;
    case 'samples':
      return samples
        .filter((name) => present.kind !== 'sample' || name !== present.name)
        .slice(0, count)
        .map((name) => ({ kind: 'sample', name }));
    default:
      return which satisfies never;
  }
}
