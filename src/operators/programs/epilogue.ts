/**
 * What a program does to a finished value before it stores it: y = function(value + residual). The cheap functions are one formula of two numbers, given as
 * uniforms: min(max(y, 0) + slope min(y, 0), cap). The others are text.
 */
export type EpilogueFunction = 'piecewise' | 'sigmoid' | 'tanh' | 'gelu' | 'silu';

export interface Epilogue {
  readonly function: EpilogueFunction;
  readonly slope: number;
  readonly cap: number;
  /** Maps of the output's shape are added first: the program reads them at the places where it stores. */
  readonly hasResidual: boolean;
  /**
   * A record of every map for each so many invocations, left for the statistics: at most the lanes of the narrowest subgroup. Absent or 0:
   * none. `window`, `taps`, `depthwise` and `dense` alone have the text.
   */
  readonly recordLanes?: number;
}

/** float32's largest number stands for "no cap". */
export const noCap = 3.4028234663852886e38;

export const identity: Epilogue = { function: 'piecewise', slope: 1, cap: noCap, hasResidual: false };

/** The constant FUNCTION of `shaders/lib/epilogue.wgsl`. */
export const functionNumber: Readonly<Record<EpilogueFunction, number>> = {
  piecewise: 0,
  sigmoid: 1,
  tanh: 2,
  gelu: 3,
  silu: 4,
};

/** The constants of `shaders/lib/output.wgsl`. `free`: the first binding behind those of the program's own. */
export function epilogueConstants(epilogue: Epilogue, free: number, isDual = false): Readonly<Record<string, number>> {
  const { function: name, hasResidual, recordLanes = 0 } = epilogue;
  const choices = { FUNCTION: functionNumber[name], RESIDUAL: Number(hasResidual), DUAL: Number(isDual) };
  return { ...choices, RECORDS: recordLanes, FREE: free };
}

/** What tells one text from another, as part of a program's key. */
export function epilogueChoices({ function: name, hasResidual, recordLanes = 0 }: Epilogue): readonly string[] {
  return [name, ...(hasResidual ? ['residual'] : []), ...(recordLanes > 0 ? [`records ${recordLanes}`] : [])];
}
