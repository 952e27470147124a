/** The English dictionary, one file per area of the product. */
import { components } from './components.ts';
import { cost } from './cost.ts';
import { dot } from './dot.ts';
import { input } from './input.ts';
import { kernels } from './kernels.ts';
import { layer } from './layer.ts';
import { maps } from './maps.ts';
import { notices } from './notices.ts';
import { shell } from './shell.ts';

export const en = { components, shell, input, layer, kernels, maps, dot, cost, notices } as const;
