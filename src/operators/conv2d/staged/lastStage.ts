/** The last of several passes: it knows the finished sums, adds the biases, applies the epilogue and stores. */
import { type Epilogue, epilogueChoices, epilogueConstants } from '../../programs/epilogue.ts';
import { type Constants, expand } from '../../programs/expand.ts';
import { linear, type Operand, output, packed, residual } from '../../programs/passes.ts';
import type { BindingKind, Program } from '../../programs/program.ts';
import { snippets } from '../../programs/snippets.ts';

/** A program that reads the sums and the biases and stores by `shaders/lib/output.wgsl`. */
export function lastProgram(
  label: string,
  wgsl: string,
  constants: Constants,
  epilogue: Epilogue,
  isDual: boolean,
): Program {
  const choices = { ...constants, SCALAR: 0, ...epilogueConstants(epilogue, 4, isDual) };
  const bindings: BindingKind[] = ['dynamic', 'read', 'read', 'write'];
  if (isDual) bindings.push('write');
  if (epilogue.hasResidual) bindings.push('read');
  return {
    key: [label, ...epilogueChoices(epilogue), ...(isDual ? ['dual'] : [])].join(' '),
    label,
    wgsl: expand(wgsl, choices, snippets),
    entryPoint: 'main',
    bindings,
  };
}

/** Its bindings behind the sums. Biases are a binding of their own here: the weights of the pass before hold none. */
export function lastOperands(channels: number, { hasResidual }: Epilogue, isDual: boolean): readonly Operand[] {
  const bias = packed(
    `bias ${channels}`,
    channels,
    (values) => {
      const padded = new Float32Array(channels);
      if (values.bias) padded.set(values.bias);
      return padded;
    },
    { of: 'biases' },
  );
  return [bias, output, ...(isDual ? [linear] : []), ...(hasResidual ? [residual] : [])];
}
