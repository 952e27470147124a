/** The last of several passes: it knows the finished sums, adds the biases, applies the epilogue and stores. */
import { type Epilogue, functionNumber } from '../../programs/epilogue.ts';
import { type Constants, expand } from '../../programs/expand.ts';
import { linear, type Operand, output } from '../../programs/passes.ts';
import type { BindingKind, Program } from '../../programs/program.ts';
import { snippets } from '../../programs/snippets.ts';

/** A program that reads the sums and the biases and stores by `shaders/lib/output.wgsl`. */
export function lastProgram(
  label: string,
  wgsl: string,
  constants: Constants,
  { function: name }: Epilogue,
  isDual: boolean,
): Program {
  const choices = {
    ...constants,
    FUNCTION: functionNumber[name],
    DUAL: Number(isDual),
    SCALAR: 0,
    RESIDUAL: 0,
    FREE: 4,
  };
  const bindings: BindingKind[] = ['dynamic', 'read', 'read', 'write'];
  if (isDual) bindings.push('write');
  return {
    key: [label, name, ...(isDual ? ['dual'] : [])].join(' '),
    label,
    wgsl: expand(wgsl, choices, snippets),
    entryPoint: 'main',
    bindings,
  };
}

/** Its bindings behind the sums. Biases are a binding of their own here: the weights of the pass before hold none. */
export function lastOperands(channels: number, isDual: boolean): readonly Operand[] {
  const bias: Operand = {
    of: 'packed',
    key: `bias ${channels}`,
    where: 'storage',
    pack: (values) => {
      const padded = new Float32Array(channels);
      if (values.bias) padded.set(values.bias);
      return padded;
    },
  };
  return [bias, output, ...(isDual ? [linear] : [])];
}
