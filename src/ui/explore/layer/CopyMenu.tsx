/** Copies Explore's convolution as code of each library. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activationAfter, convOf } from '../../../graph/explore.ts';
import { useSession } from '../../session.tsx';
import { CopyCode } from './CopyCode.tsx';
import { useActivation, useConv } from './useLayer.ts';

/** The writers of all libraries are fetched when somebody is about to copy. */
const loadWriter = () => import('../../../formats/layerText/writeLayer.ts');
type Writer = Awaited<ReturnType<typeof loadWriter>>['writeLayer'];

export function CopyMenu() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const conv = useConv();
  const activation = useActivation();
  const [writer, setWriter] = useState<{ readonly write: Writer } | null>(null);
  return (
    <CopyCode
      onPrepare={() => {
        if (!writer) void loadWriter().then(({ writeLayer }) => setWriter({ write: writeLayer }));
      }}
      write={async (library) => {
        const { graph, focus } = workspace.getState().workspace;
        const { writeLayer } = await loadWriter();
        return writeLayer(convOf(graph, focus), activationAfter(graph, focus), library).text;
      }}
      hintOf={(library) =>
        (writer?.write(conv, activation, library).notes ?? []).map((note) => t(`layer.copy.note.${note}`)).join(' ')
      }
    />
  );
}
