/** The code of a kind: what its card says, or a draft of what it shall be, in any library. */
import { useMemo, useState } from 'react';
import { writeLayerOfKind } from '../../formats/layerText/kinds/writeLayerOfKind.ts';
import { looksLikeLayer } from '../../formats/layerText/looksLikeLayer.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import { channelCounts } from '../../store/changes.ts';
import type { CodeFieldProps } from '../explore/layer/CodeLine.tsx';
import { foldCode } from '../explore/layer/foldCode.ts';
import { useResults, useSession, useWorkspace } from '../session.tsx';
import { readKind } from './readKind.ts';
import { useKind, useKindPlace } from './useKind.ts';

/** The layer that the card says. */
export function useLayerOfKind(): Layer {
  const { kind, attributes } = useKind();
  const place = useKindPlace();
  return useMemo(() => kindLayer(kind, fitAttributes(kind, attributes, place), place), [kind, attributes, place]);
}

interface Editing {
  readonly draft: string;
  readonly refusal: CodeFieldProps['refusal'];
}

export function useKindCode(): CodeFieldProps {
  const { workspace } = useSession();
  const { activation } = useKind();
  const { inputSize } = useKindPlace();
  const layer = useLayerOfKind();
  const photoChannels = useWorkspace((state) => channelCounts[state.workspace.input.channels]);
  const picture = useResults((state) => state.picture);
  const written = useMemo(
    () => foldCode(writeLayerOfKind(layer, activation, 'pytorch', inputSize).text),
    [layer, activation, inputSize],
  );
  const [editing, setEditing] = useState<Editing | null>(null);
  // A layer changed elsewhere takes the draft's place.
  const [shown, setShown] = useState(written);
  if (shown !== written) {
    setShown(written);
    setEditing(null);
  }
  const apply = (text: string) => {
    if (text.trim() === '' || text === written) return setEditing(null);
    const size = picture ? ([picture.height, picture.width] as const) : ([4096, 4096] as const);
    const reading = readKind(text, photoChannels, size, workspace.getState().workspace.kind);
    if (!reading.ok) return setEditing({ draft: text, refusal: { error: reading.error, offer: null } });
    setEditing(null);
    const { state, layer: read, moved } = reading.value;
    // A standard convolution over the photo is Explore's own.
    if (state.kind === 'standard' && !state.bank && read.kind === 'standard')
      workspace.getState().replaceLayer(read.conv, state.activation);
    else workspace.getState().setKind(null, () => state, moved);
  };
  return {
    text: editing?.draft ?? written,
    isDraft: editing !== null,
    refusal: editing?.refusal ?? null,
    type: (draft) => setEditing({ draft, refusal: null }),
    apply,
    revert: () => setEditing(null),
    paste: (text) => {
      if (!looksLikeLayer(text)) return false;
      apply(text.trim());
      return true;
    },
  };
}
