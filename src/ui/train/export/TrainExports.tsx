/** Offers what has been trained, and the figure that is looked at, as files in the page's export menu while this screen is in sight. */
import { Boxes, Clapperboard, Grid3x3, Image, PenTool, Table } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { parseTrain, parseTrainView } from '../../../store/train.ts';
import { useSession } from '../../session.tsx';
import { useFileExports } from '../../shell/useFileExports.ts';
import { useTrainDesk } from '../train.tsx';
import type { TrainingFile } from './trainingFiles.ts';

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
  const words = useCallback(
    (kind: TrainingFile) => ({ label: t(`export.${kind}`), hint: t(`export.${kind}Hint`) }),
    [t],
  );
  const make = useCallback(
    async (kind: TrainingFile) => {
      const { makeTrainingFile } = await import('./saveTraining.ts');
      const { train, view } = workspace.getState().workspace;
      return makeTrainingFile(kind, desk, parseTrain(train), parseTrainView(view.train), t);
    },
    [t, desk, workspace],
  );
  useFileExports(icons, words, make);
  return null;
}
