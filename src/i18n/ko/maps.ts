import type { maps as en } from '../en/maps.ts';
import type { Localised } from '../localised.ts';

export const maps: Localised<typeof en> = {};
