/** Explore's layers of other kinds: the card, and each figure's own words. */
import { card } from './card.ts';
import { transposed } from './transposed.ts';

export const kinds = { ...card, transposed } as const;
