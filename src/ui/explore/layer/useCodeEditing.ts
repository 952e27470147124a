/** The text of the code line: what the layer is, or a draft of what it shall be. A layer changed elsewhere takes the draft's place. */
import { useCallback, useMemo, useRef, useState } from 'react';
import { looksLikeLayer } from '../../../formats/layerText/looksLikeLayer.ts';
import type { LayerReading, LayerTextError } from '../../../formats/layerText/readLayer.ts';
import { writePyTorchLayer } from '../../../formats/layerText/writePyTorchLayer.ts';
import { loadWords } from '../../../i18n/index.ts';
import { useSession } from '../../session.tsx';
import { foldCode } from './foldCode.ts';
import { useActivation, useConv, useConvContext } from './useLayer.ts';

export interface CodeEditing {
  readonly text: string;
  readonly isDraft: boolean;
  readonly refusal: LayerTextError | null;
  readonly type: (text: string) => void;
  /** Reads the text and makes it the layer, or keeps it as a draft and says why not. */
  readonly apply: (text: string) => Promise<void>;
  readonly revert: () => void;
  /** Takes pasted text for a whole layer when it is one; false leaves the pasting to the field. */
  readonly paste: (text: string) => boolean;
  /** Makes a layer that was read, or offered instead, the layer. */
  readonly take: (layer: LayerReading) => void;
}

interface Editing {
  readonly draft: string;
  readonly refusal: LayerTextError | null;
}

export function useCodeEditing(): CodeEditing {
  const { workspace } = useSession();
  const conv = useConv();
  const activation = useActivation();
  const { inputSize } = useConvContext();
  const written = useMemo(() => foldCode(writePyTorchLayer(conv, activation)), [conv, activation]);
  const [editing, edit] = useState<Editing | null>(null);
  // The reader is loaded when it is first needed: what has been read by then counts only if nothing was done since.
  const actions = useRef(0);
  const setEditing = useCallback((next: Editing | null) => {
    actions.current += 1;
    edit(next);
  }, []);
  const [shown, setShown] = useState(written);
  if (shown !== written) {
    setShown(written);
    edit(null);
  }

  const take = useCallback(
    (layer: LayerReading) => {
      setEditing(null);
      workspace.getState().replaceLayer(layer.conv, layer.activation);
    },
    [workspace, setEditing],
  );
  const apply = useCallback(
    async (text: string) => {
      if (text.trim() === '' || text === written) return setEditing(null);
      const { inChannels, outChannels } = conv;
      const before = ++actions.current;
      const [{ readLayer }] = await Promise.all([import('../../../formats/layerText/readLayer.ts'), loadWords('code')]);
      if (actions.current !== before) return;
      const reading = readLayer(text, { inputSize, inChannels, outChannels });
      if (reading.ok) return take(reading.value);
      // It may be a layer of another kind.
      const { readKind } = await import('../../kinds/readKind.ts');
      if (actions.current !== before) return;
      const kind = readKind(text, conv.inChannels, inputSize);
      if (!kind.ok) return setEditing({ draft: text, refusal: reading.error });
      setEditing(null);
      workspace.getState().setKind(null, () => kind.value.state, kind.value.moved);
    },
    [conv, inputSize, setEditing, take, workspace, written],
  );
  const paste = useCallback(
    (text: string) => {
      if (!looksLikeLayer(text)) return false;
      void apply(text.trim());
      return true;
    },
    [apply],
  );
  return {
    text: editing?.draft ?? written,
    isDraft: editing !== null,
    refusal: editing?.refusal ?? null,
    type: (draft) => setEditing({ draft, refusal: null }),
    apply,
    revert: () => setEditing(null),
    paste,
    take,
  };
}
