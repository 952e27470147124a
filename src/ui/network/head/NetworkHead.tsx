/** Which network runs, what it reads, how its weights are drawn, and how far its maps are. */
import { useTranslation } from 'react-i18next';
import { architectureNames, isArchitectureName } from '../../../graph/architectures/index.ts';
import { neutralLevers } from '../../../graph/price/levers.ts';
import { byteCount, milliseconds, percent } from '../../../math/format.ts';
import { drawnDistributions } from '../../../store/network.ts';
import { mapLimits } from '../../../store/preferences.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useWorkspace } from '../../session.tsx';
import { preferences, usePreferences } from '../../shell/preferences.ts';
import { useProblemWords } from '../../shell/problemWords.ts';
import { CodeButton } from '../code/CodeButton.tsx';
import { useNetwork, useNetworkContext, usePlan } from '../network.tsx';
import { architectureFamilies, titleOf } from './families.ts';
import { InputSize } from './InputSize.tsx';

export function NetworkHead() {
  const { t } = useTranslation('network');
  const network = useWorkspace((state) => state.workspace.network);
  const setNetwork = useWorkspace((state) => state.setNetwork);
  const plan = usePlan();
  const { weights, input } = network;
  const mapLimit = usePreferences((state) => state.mapLimit);
  return (
    <section className="network-head" aria-label={t('head.region')}>
      <SelectMenu
        label={t('head.architecture')}
        value={isArchitectureName(network.layers) ? network.layers : null}
        placeholder={t('head.own')}
        options={architectureFamilies(architectureNames).map(({ family, names }) => ({
          group: family === 'small' ? t('head.small') : family,
          options: names.map((name) => ({ value: name, label: titleOf(name) })),
        }))}
        onChange={(layers) =>
          setNetwork(null, (now) => ({
            ...now,
            layers,
            off: [],
            levers: neutralLevers,
            weights: { ...now.weights, own: {} },
          }))
        }
      />
      <InputSize />
      <SelectMenu
        label={t('head.crop')}
        hint={t('head.cropHint')}
        value={input.crop}
        options={(['whole', 'square'] as const).map((value) => ({ value, label: t(`head.crops.${value}`) }))}
        onChange={(crop) => setNetwork(null, (now) => ({ ...now, input: { ...now.input, crop } }))}
      />
      <SelectMenu
        label={t('head.distribution')}
        hint={t('head.distributionHint')}
        value={weights.distribution}
        options={drawnDistributions.map((value) => ({ value, label: t(`head.distributions.${value}`) }))}
        onChange={(distribution) => setNetwork(null, (now) => ({ ...now, weights: { ...now.weights, distribution } }))}
      />
      <span className="network-choice">
        <span aria-hidden="true">{t('head.seed')}</span>
        <NumberField
          name={t('head.seed')}
          min={0}
          max={2 ** 32 - 1}
          value={weights.seed}
          onChange={(seed) => setNetwork('seed', (now) => ({ ...now, weights: { ...now.weights, seed } }))}
        />
      </span>
      <SelectMenu
        label={t('head.limit')}
        hint={t('head.limitHint')}
        value={mapLimit}
        options={mapLimits.map((value) => ({
          value,
          label: t('head.limitOf', { size: byteCount(Number(value) * 2 ** 20) }),
        }))}
        onChange={(limit) => preferences.getState().setMapLimit(limit)}
      />
      {plan && plan.dropped.length > 0 && (
        <p role="alert" className="network-problem">
          {t('head.dropped', { names: plan.dropped.map(({ node }) => node).join(', ') })}
        </p>
      )}
      <CodeButton />
      <Measure />
      <Progress />
    </section>
  );
}

function Measure() {
  const { t } = useTranslation('network');
  const { desk } = useNetworkContext();
  const measuring = useNetwork((state) => state.measuring);
  const isBusy = useNetwork((state) => state.progress !== null || state.plan === null);
  const times = useNetwork((state) => (state.times?.plan === state.plan ? state.times : null));
  return (
    <span className="network-choice">
      <Button
        title={t('head.measureHint')}
        disabled={isBusy}
        onClick={() => (measuring === null ? void desk.measure() : desk.stop())}
      >
        {measuring === null ? t('head.measure') : t('head.measuring', { share: percent(measuring) })}
      </Button>
      {times && <span className="mono muted">{milliseconds(times.whole.ms)} ms</span>}
    </span>
  );
}

function Progress() {
  const { t } = useTranslation('network');
  const { desk } = useNetworkContext();
  const progress = useNetwork((state) => state.progress);
  const problem = useNetwork((state) => state.problem);
  const isStopped = useNetwork((state) => state.isStopped);
  const words = useProblemWords(problem);
  if (problem !== null)
    return (
      <p role="alert" className="network-problem">
        {words?.what} {words?.todo}
      </p>
    );
  if (progress === null) return isStopped ? <p className="muted">{t('head.stopped')}</p> : null;
  return (
    <span className="network-progress">
      <progress aria-label={t('head.progress')} value={progress.share} max={1} />
      <span className="mono muted">{progress.node ?? ''}</span>
      <Button onClick={desk.stop}>{t('head.stop')}</Button>
    </span>
  );
}
