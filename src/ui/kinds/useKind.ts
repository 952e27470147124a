/** The layer of another kind that Explore looks at, as its panels read and change it. */
import { useCallback, useMemo } from 'react';
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';
import { fitAttributes, type KindPlace } from '../../graph/layers/kindLayer.ts';
import { isOfOneSize } from '../../graph/layers/kinds.ts';
import type { Moved } from '../../operators/conv2d/limits.ts';
import { channelCounts } from '../../store/changes.ts';
import type { KindState } from '../../store/kind.ts';
import { refittedOffsets } from '../../store/movedTaps.ts';
import { useResults, useSession, useWorkspace } from '../session.tsx';
import { movedAttributes } from './moved.ts';

export function useKind(): KindState {
  const kind = useWorkspace((state) => state.workspace.kind);
  if (!kind) throw new Error('useKind outside of a kind');
  return kind;
}

/** What the layer reads. Until the first photo is there, one of any size. */
export function useKindPlace(): KindPlace {
  const { kind, bank } = useKind();
  const channels = useWorkspace(({ workspace }) => channelCounts[workspace.input.channels]);
  const small = useResults(
    ({ output }) => output?.kind?.from === 'bank' && isOfOneSize(output.kind.state.kind) && output.picture,
  );
  const picture = useResults((state) => state.picture);
  const read = isOfOneSize(kind) && small ? small : picture;
  const [height, width] = [read?.height ?? 4096, read?.width ?? 4096];
  return useMemo(
    () => ({ inChannels: bank?.channels ?? channels, inputSize: [height, width] }),
    [bank?.channels, channels, height, width],
  );
}

/** Changes the kind; `subject` names the control whose changes join to one step of undo, null: a step of its own. */
export type ChangeKind = (
  subject: string | null,
  change: (kind: KindState) => KindState,
  moved?: readonly Moved[],
) => void;

export function useChangeKind(): ChangeKind {
  const { workspace } = useSession();
  return useCallback(
    (subject, change, moved) => workspace.getState().setKind(subject, (kind) => kind && change(kind), moved),
    [workspace],
  );
}

/** Changes attributes from what they are at that moment, and says what else had to move. */
export function useChangeAttributes(): (
  subject: string | null,
  change: (now: KindAttributes) => Partial<KindAttributes>,
) => void {
  const change = useChangeKind();
  const place = useKindPlace();
  const { workspace } = useSession();
  return useCallback(
    (subject, from) => {
      const present = workspace.getState().workspace.kind;
      if (!present) return;
      const former = fitAttributes(present.kind, present.attributes, place);
      const asked = { ...former, ...from(present.attributes) };
      const fitted = fitAttributes(present.kind, asked, place);
      const refitted = (kind: KindState): KindState => ({
        ...kind,
        attributes: fitted,
        // The changes of one gesture all begin at the kind that was there before it.
        offsets: refittedOffsets(kind.offsets, fitAttributes(kind.kind, kind.attributes, place), fitted),
      });
      change(subject, refitted, movedAttributes(present.kind, asked, fitted));
    },
    [change, place, workspace],
  );
}
