/** The substitutes with their numbers, price, error, and whether each is the optimum of its kind; one of them is looked at. */
import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FitResult } from '../../../live/compare/loss/lossDesk.ts';
import { applies, defaultSubstitutes, sizeOn, sizeRange } from '../../../live/compare/loss/substitutes.ts';
import { exactCount } from '../../../math/format.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { Cost } from '../../../operators/operator.ts';
import { mostSubstitutes, type Substitute, substituteKinds } from '../../../store/loss.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { ratioText } from '../ratio.ts';
import { useLoss, useLossConv, useLossDesk, useLossState, useSetLoss, useSubstituteWords } from './lossContext.tsx';
import { errorText } from './plane.ts';
import { SaveLoss } from './SaveLoss.tsx';

/** The price of the layer itself on its input; null until there is one. */
export function useLayerCost(): Cost | null {
  const layer = useLoss((state) => state.layer);
  if (!layer) return null;
  const { conv, inputShape } = layer.fitted;
  return rulesOf(conv).cost(conv, [inputShape]);
}

export function LossTable() {
  const { t } = useTranslation('loss');
  const { substitutes } = useLossState();
  const cost = useLayerCost();
  const group = useId();
  return (
    <div className="loss-substitutes">
      <div className="loss-scroll">
        <table aria-label={t('table.name')}>
          <thead>
            <tr>
              <th scope="col">
                <span className="sr-only">{t('table.number')}</span>
              </th>
              <th scope="col">{t('table.kind')}</th>
              <th scope="col" title={t('table.operationsHint')}>
                {t('table.operations')}
              </th>
              <th scope="col" title={t('table.parametersHint')}>
                {t('table.parameters')}
              </th>
              <th scope="col" title={t('table.mapsHint')}>
                {t('table.maps')}
              </th>
              <th scope="col" title={t('table.weightsHint')}>
                {t('table.weights')}
              </th>
              <th scope="col">{t('table.optimum')}</th>
              <th scope="col">
                <span className="sr-only">{t('table.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <tr className="loss-original">
              <td />
              <th scope="row">{t('table.original')}</th>
              <td className="mono">{cost ? exactCount(cost.macs) : '…'}</td>
              <td className="mono">{cost ? exactCount(cost.parameters) : '…'}</td>
              <td className="mono">{errorText(0)}</td>
              <td className="mono">{errorText(0)}</td>
              <td />
              <td />
            </tr>
            {substitutes.map((substitute, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a substitute is its place
              <SubstituteRow key={place} substitute={substitute} place={place} cost={cost} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      <AddRow />
      <FarNote />
    </div>
  );
}

interface SubstituteRowProps {
  readonly substitute: Substitute;
  readonly place: number;
  readonly cost: Cost | null;
  readonly group: string;
}

function SubstituteRow({ substitute, place, cost, group }: SubstituteRowProps) {
  const { t } = useTranslation('loss');
  const desk = useLossDesk();
  const conv = useLossConv();
  const setLoss = useSetLoss();
  const words = useSubstituteWords();
  const isSelected = useLoss((state) => state.selected === place);
  const fit = useLoss((state) => state.fits[place] ?? null);
  const { kind } = substitute;
  const number = place + 1;
  const range = sizeRange(kind, conv);
  const change = (size: number) => {
    desk.select(place);
    setLoss(`${place}`, (now) => ({
      ...now,
      substitutes: now.substitutes.map((each, i) => (i === place ? { ...each, size } : each)),
    }));
  };
  const remove = () => {
    setLoss(null, (now) => ({ ...now, substitutes: now.substitutes.filter((_, i) => i !== place) }));
    const { selected } = desk.results.getState();
    if (selected >= place && selected > 0) desk.select(selected - 1);
  };
  return (
    <tr data-selected={isSelected || undefined}>
      <td>
        <label className="loss-choice">
          <input
            type="radio"
            name={group}
            checked={isSelected}
            aria-label={t('select', { number, what: words(substitute) })}
            onChange={() => desk.select(place)}
          />
          <span aria-hidden="true">{number}</span>
        </label>
      </td>
      <th scope="row" title={t(`what.${kind}`)}>
        <span className="loss-kind">
          <span>{t(`kinds.${kind}`)}</span>
          {kind !== 'pointwise' && range && (
            <span className="loss-size">
              <span className="mono muted" aria-hidden="true">
                {t(`sizes.${kind}`)}
              </span>
              <NumberField
                name={t('sizeOf', { size: t(`sizes.${kind}`), number })}
                {...range}
                value={sizeOn(substitute, conv)}
                onChange={change}
              />
            </span>
          )}
        </span>
      </th>
      <Numbers fit={fit} cost={cost} />
      <td>
        <IconButton
          size="small"
          label={t('remove', { number })}
          icon={<X size={13} aria-hidden="true" />}
          onClick={remove}
        />
      </td>
    </tr>
  );
}

function Numbers({ fit, cost }: { readonly fit: FitResult | null; readonly cost: Cost | null }) {
  const { t } = useTranslation('loss');
  if (!fit || !cost)
    return (
      <>
        <td className="mono muted">…</td>
        <td className="mono muted">…</td>
        <td className="mono muted">…</td>
        <td className="mono muted">…</td>
        <td />
      </>
    );
  if (!fit.ok)
    return (
      <td colSpan={5} className="loss-refused">
        <Refusal error={fit.error} />
      </td>
    );
  const {
    cost: own,
    relativeErrorOfResponses: maps,
    relativeErrorOfWeights: weights,
    optimum,
    undetermined,
  } = fit.value;
  return (
    <>
      <td className="mono" title={exactCount(own.macs)}>
        {ratioText(own.macs / cost.macs)}×
      </td>
      <td className="mono" title={exactCount(own.parameters)}>
        {ratioText(own.parameters / cost.parameters)}×
      </td>
      <td className="mono loss-error">{maps === null ? '–' : errorText(maps)}</td>
      <td className="mono">{errorText(weights)}</td>
      <td
        title={[
          t(`optimumHints.${optimum}`),
          ...(undetermined > 0 ? [t('undetermined', { count: undetermined })] : []),
        ].join(' ')}
      >
        <span className={`loss-optimum ${optimum}`}>{t(`optimum.${optimum}`)}</span>
      </td>
    </>
  );
}

const refusals = ['fit-grouped-layer', 'fit-rank', 'fit-groups', 'fit-kernel'] as const;

function Refusal({ error }: { readonly error: Extract<FitResult, { readonly ok: false }>['error'] }) {
  const { t } = useTranslation('loss');
  const code = refusals.find((each) => each === error.code);
  if (!code) return t('refused.other', { message: error.message });
  return t(
    `refused.${code}`,
    error.values as Record<'groups' | 'most' | 'inChannels' | 'outChannels' | 'mostH' | 'mostW', number>,
  );
}

/** Why weights may be far off beside maps that are not, where that is so. */
function FarNote() {
  const { t } = useTranslation('loss');
  const isFar = useLoss(({ fits }) =>
    fits.some(
      (fit) => fit?.ok && fit.value.relativeErrorOfWeights > 1 && (fit.value.relativeErrorOfResponses ?? 1) < 0.2,
    ),
  );
  return isFar ? <p className="muted loss-note">{t('notes.far')}</p> : null;
}

function AddRow() {
  const { t } = useTranslation('loss');
  const desk = useLossDesk();
  const conv = useLossConv();
  const { substitutes } = useLossState();
  const setLoss = useSetLoss();
  return (
    <p className="loss-add">
      <SelectMenu
        label={t('add')}
        placeholder={t('add')}
        value={null}
        disabled={substitutes.length >= mostSubstitutes}
        options={substituteKinds
          .filter((kind) => applies(kind, conv))
          .map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => {
          const size = defaultSubstitutes(conv).find((each) => each.kind === kind)?.size ?? 1;
          setLoss(null, (now) => ({ ...now, substitutes: [...now.substitutes, { kind, size }] }));
          desk.select(substitutes.length);
        }}
      />
      <Button
        size="small"
        variant="quiet"
        title={t('defaultsHint')}
        onClick={() => {
          desk.select(0);
          setLoss(null, (now) => ({ ...now, substitutes: defaultSubstitutes(conv) }));
        }}
      >
        {t('defaults')}
      </Button>
      <SaveLoss cost={useLayerCost()} />
    </p>
  );
}
