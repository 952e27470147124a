/** Why something of a network cannot be, in the person's language: the words of the error's code, with its numbers and the place in the code. */
import i18next from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorError } from '../../operators/operator.ts';

type Told = Pick<OperatorError, 'code' | 'values'>;

export function useReason(): (error: Told) => string {
  const { t } = useTranslation('network');
  return useCallback(
    ({ code, values }) => {
      const key = `reasons.${code}`;
      const reason = i18next.exists(key, { ns: 'network' })
        ? t(key as 'reasons.other', { ...values })
        : t('reasons.other');
      const { line, column, shapes } = values;
      const read = shapes === undefined ? reason : `${reason} ${t('layers.reads', { shapes })}`;
      return line === undefined || column === undefined ? read : t('reasons.at', { reason: read, line, column });
    },
    [t],
  );
}
