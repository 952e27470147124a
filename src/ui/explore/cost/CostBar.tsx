/** The price of the layer in one line: output, parameters, operations (textbook and exact), useful share, memory, measured time. */
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { convOf } from '../../../graph/explore.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import type { Shape } from '../../../operators/operator.ts';
import { useResults, useWorkspace } from '../../session.tsx';
import { CostFrame } from './CostFrame.tsx';
import { layerCost } from './costTerms.ts';
import { Entry, MemoryEntry, TimeEntry, UsefulEntry } from './entries.tsx';
import { OperationsFormula, ParametersFormula } from './Formula.tsx';

interface PricedProps {
  readonly exact: number;
  readonly textbook: number;
  readonly print: (count: number) => string;
  /** The textbook's formula. */
  readonly children: ReactNode;
}

/** The exact number; the textbook's formula gives it, or stands beside it where it gives another one. */
function Priced({ exact, textbook, print, children }: PricedProps) {
  const { t } = useTranslation();
  if (exact === textbook) {
    return (
      <>
        <span>{children}</span>
        <span className="cost-equals">{' = '}</span>
        <b>{print(exact)}</b>
      </>
    );
  }
  return (
    <>
      <b>{print(exact)}</b>
      <span className="cost-textbook">
        {t('cost.textbook')} {children} = {print(textbook)}
      </span>
    </>
  );
}

export function CostBar() {
  const { t } = useTranslation();
  const graph = useWorkspace((state) => state.workspace.graph);
  const focus = useWorkspace((state) => state.workspace.focus);
  const picture = useResults((state) => state.picture);
  const cost = useMemo(() => {
    if (!picture) return null;
    const shape: Shape = [1, picture.channels, picture.height, picture.width];
    return layerCost(graph, focus, shape);
  }, [graph, focus, picture]);
  if (!cost) return <CostFrame>{null}</CostFrame>;

  const { numbers, textbook, exact } = cost;
  const { groups, bias } = convOf(graph, focus);
  return (
    <CostFrame>
      <Entry name={t('cost.output')} hint={cost.output.map(exactCount).join(' × ')}>
        <span data-counts="N">{cost.output[0]}</span> × {cost.output[1]} × {cost.output[2]}
      </Entry>
      <Entry
        name={t('cost.parameters')}
        hint={t('cost.parametersHint', {
          groups,
          bias: bias ? 'True' : 'False',
          exact: exactCount(exact.parameters),
        })}
      >
        <Priced {...{ exact: exact.parameters, textbook: textbook.parameters, print: exactCount }}>
          <ParametersFormula numbers={numbers} />
        </Priced>
      </Entry>
      <Entry name={t('cost.operations')} hint={t('cost.operationsHint', { exact: exactCount(exact.operations) })}>
        <Priced {...{ exact: exact.operations, textbook: textbook.operations, print: siCount }}>
          <OperationsFormula numbers={numbers} />
        </Priced>
      </Entry>
      <UsefulEntry useful={cost.usefulMacs} macs={exact.operations} />
      <MemoryEntry bytes={cost.activationBytes} />
      <TimeEntry />
    </CostFrame>
  );
}
