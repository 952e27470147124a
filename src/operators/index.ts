/** The closed union of operators and the one list of their rules: a new kind joins both, and the compiler names every place that must know. */
import type { Activation } from './activation/attributes.ts';
import type { Conv2d } from './conv2d/attributes.ts';
import type { Input } from './input/attributes.ts';

export type Operator = Input | Conv2d | Activation;
