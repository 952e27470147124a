/** Explore's layers of other kinds: the card, and each figure's own words. */
import { card } from './card.ts';
import { wiring } from './channels.ts';
import { deformable } from './deformable.ts';
import { dilated } from './dilated.ts';
import { full } from './full.ts';
import { pointwise } from './pointwise.ts';
import { spatial } from './spatial.ts';
import { transposed } from './transposed.ts';

export const kinds = { ...card, deformable, dilated, full, pointwise, spatial, transposed, wiring } as const;
