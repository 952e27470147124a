/** Explore's layers of other kinds: the card, and each figure's own words. */
import { card } from './card.ts';
import { wiring } from './channels.ts';
import { deformable } from './deformable.ts';
import { full } from './full.ts';
import { pointwise } from './pointwise.ts';
import { transposed } from './transposed.ts';

export const kinds = { ...card, deformable, full, pointwise, transposed, wiring } as const;
