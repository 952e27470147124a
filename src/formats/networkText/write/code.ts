/** What an operator is written as. */
import type { PerSide } from '../../../operators/operator.ts';
import type { HelperName } from './helpers.ts';
import { padText } from './text.ts';

export interface OperatorCode {
  /** The constructor of a module; null: an expression alone. */
  readonly module: string | null;
  /** What stands for the output: `applied` is the module with a bracket to open (`self.conv1`), where there is one. */
  readonly apply: (inputs: readonly string[], applied: string) => string;
  readonly helper?: HelperName;
  /** What PyTorch cannot say: the code then is the nearest that it can. */
  readonly note?: string;
}

export const listed = (inputs: readonly string[]) => inputs.join(', ');

export function moduleCode(module: string, helper?: HelperName): OperatorCode {
  return {
    module,
    apply: (inputs, applied) => `${applied}(${listed(inputs)})`,
    ...(helper === undefined ? {} : { helper }),
  };
}

/** A module whose input gets these sides first. */
export function paddedModule(module: string, sides: PerSide, how = ''): OperatorCode {
  const padded = (input: string) => `F.pad(${input}, ${padText(sides)}${how})`;
  return {
    module,
    apply: ([first = '', ...others], applied) => `${applied}(${listed([padded(first), ...others])})`,
  };
}

export function expression(apply: (...inputs: readonly string[]) => string, helper?: HelperName): OperatorCode {
  return { module: null, apply: (inputs) => apply(...inputs), ...(helper === undefined ? {} : { helper }) };
}
