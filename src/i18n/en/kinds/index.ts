/** Explore's layers of other kinds: the card, and each figure's own words. */
import { card } from './card.ts';

export const kinds = { ...card } as const;
