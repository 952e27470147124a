/** Offers what has been trained, and the figure that is looked at, as files in the page's export menu while this screen is in sight. */
import { Boxes, Clapperboard, Grid3x3, Image, PenTool, Table } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseTrain, parseTrainView } from '../../../store/train.ts';
import { useSession } from '../../session.tsx';
import { type ScreenExport, useOfferedExports } from '../../shell/screenExports.ts';
import { useTrainDesk } from '../train.tsx';
import { trainingFiles } from './trainingFiles.ts';

const icons = {
  safetensors: <Boxes aria-hidden="true" />,
  npz: <Boxes aria-hidden="true" />,
  curves: <Table aria-hidden="true" />,
  curvesSvg: <PenTool aria-hidden="true" />,
  matricesPng: <Image aria-hidden="true" />,
  matricesSvg: <PenTool aria-hidden="true" />,
  matrices: <Grid3x3 aria-hidden="true" />,
  animationTraining: <Clapperboard aria-hidden="true" />,
  animationGroups: <Clapperboard aria-hidden="true" />,
} as const;

export function TrainExports() {
  const { t } = useTranslation('train');
  const { workspace } = useSession();
  const desk = useTrainDesk();
  const exports = useMemo(
    () =>
      trainingFiles.map(
        (kind): ScreenExport => ({
          key: kind,
          icon: icons[kind],
          label: t(`export.${kind}`),
          hint: t(`export.${kind}Hint`),
          save: async () => {
            const [{ makeTrainingFile }, { download }] = await Promise.all([
              import('./saveTraining.ts'),
              import('../../../live/exports.ts'),
            ]);
            const { train, view } = workspace.getState().workspace;
            download(await makeTrainingFile(kind, desk, parseTrain(train), parseTrainView(view.train), t));
          },
        }),
      ),
    [t, desk, workspace],
  );
  useOfferedExports(exports);
  return null;
}
