import type { useTranslation } from 'react-i18next';

/** The words of the Compare screen. */
export type Translate = ReturnType<typeof useTranslation<'compare'>>['t'];
