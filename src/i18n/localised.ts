/**
 * What a translation must fill: every key of the English dictionary, except the singulars (`x_one`), which only English needs.
 * English is the source; its literal types also give `t()` the names of the numbers that a sentence takes.
 */
export type Localised<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Localised<T[K]>;
};
