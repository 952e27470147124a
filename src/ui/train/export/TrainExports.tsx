/** Offers what has been trained as files in the page's export menu while this screen is in sight. */
import { Boxes, Grid3x3, Table } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainDesk } from '../../../live/train/trainDesk.ts';
import { parseTrainView } from '../../../store/train.ts';
import { useSession } from '../../session.tsx';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { useTrainDesk } from '../train.tsx';

const kinds = ['safetensors', 'npz', 'curves', 'matrices'] as const;
type Kind = (typeof kinds)[number];

const icons = {
  safetensors: <Boxes aria-hidden="true" />,
  npz: <Boxes aria-hidden="true" />,
  curves: <Table aria-hidden="true" />,
  matrices: <Grid3x3 aria-hidden="true" />,
} as const;

export function TrainExports() {
  const { t } = useTranslation('train');
  const { workspace } = useSession();
  const desk = useTrainDesk();
  const exports = useMemo(
    () =>
      kinds.map((kind): ScreenExport => {
        const chosen = () => parseTrainView(workspace.getState().workspace.view.train).run;
        const words = { label: t(`export.${kind}`), hint: t(`export.${kind}Hint`) };
        return { key: kind, icon: icons[kind], ...words, save: () => save(kind, desk, chosen(), t('export.nothing')) };
      }),
    [t, desk, workspace],
  );
  useOfferedExports(exports);
  return null;
}

/** Rejects with a sentence where nothing has been trained yet. */
async function save(kind: Kind, desk: TrainDesk, chosen: number, nothing: string): Promise<void> {
  const [files, { download }] = await Promise.all([
    import('../../../live/train/runFiles.ts'),
    import('../../../live/exports.ts'),
  ]);
  const { runs } = desk.results.getState();
  if (kind === 'curves') return download(files.curvesFile(runs));
  if (kind === 'matrices') return download(files.matricesFile(runs));
  const run = runs[Math.min(chosen, runs.length - 1)];
  const weights = run && (await desk.weightsOf(run.name));
  if (!run || !weights) throw new Error(nothing);
  download(files.weightsFile(run, weights, kind));
}
