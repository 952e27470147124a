/** The ONNX operators that can be imported, by name. */
import { arithmeticRules } from './arithmetic.ts';
import { functionRules } from './functions.ts';
import { layerRules } from './layers.ts';
import type { ImportRule } from './rule.ts';
import { shapeRules } from './shapes.ts';
import { windowRules } from './windows.ts';

export const importRules: Readonly<Record<string, ImportRule>> = {
  ...windowRules,
  ...shapeRules,
  ...functionRules,
  ...arithmeticRules,
  ...layerRules,
};
