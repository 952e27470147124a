/** `torch.nn.Linear`, Keras's and Flax's `Dense`, ONNX's Gemm: only PyTorch and ONNX say how many features come in. */
import { bindArguments, type Signature } from '../callArguments.ts';
import type { Call, Value } from '../callSyntax.ts';
import { need, readBoolean, readInteger, refuse } from '../codeValues.ts';
import { ignoredByFlax } from '../flaxArguments.ts';
import { kerasSignature } from '../kerasArguments.ts';
import { type Attributes, needKnown } from '../onnxAttributes.ts';
import type { Linear } from './attributes.ts';

const pytorch: Signature = {
  name: 'Linear.__init__()',
  parameters: ['in_features', 'out_features', 'bias', 'device', 'dtype'],
  required: 2,
};
const keras = kerasSignature('Dense', ['units', 'activation', 'use_bias'], 1);
const linen: Signature = {
  name: 'Dense.__init__()',
  parameters: ['features', 'use_bias', ...ignoredByFlax],
  required: 1,
};
const nnx: Signature = {
  name: 'Linear.__init__()',
  parameters: ['in_features', 'out_features', 'use_bias', ...ignoredByFlax],
  required: 2,
};

export function readPyTorchLinear(call: Call): Linear {
  const args = need(bindArguments(call, pytorch));
  return {
    kind: 'linear',
    inFeatures: readInteger(args, 'in_features', 1),
    outFeatures: readInteger(args, 'out_features', 1),
    bias: readBoolean(args, 'bias', true),
  };
}

/** `inFeatures`: how many values the flattened input has. */
export function readKerasLinear(
  call: Call,
  inFeatures: number,
): { readonly linear: Linear; readonly activation: Value | null } {
  const args = need(bindArguments(call, keras));
  const activation = args.get('activation');
  return {
    linear: {
      kind: 'linear',
      inFeatures,
      outFeatures: readInteger(args, 'units', 1),
      bias: readBoolean(args, 'use_bias', true),
    },
    activation: activation && activation.kind !== 'none' ? activation : null,
  };
}

/** `nn.Dense(features)` or `nnx.Linear(in_features, out_features)`. */
export function readFlaxLinear(call: Call, inFeatures: number): Linear {
  const isNnx = call.name.startsWith('nnx.');
  const args = need(bindArguments(call, isNnx ? nnx : linen));
  return {
    kind: 'linear',
    inFeatures: isNnx ? readInteger(args, 'in_features', 1) : inFeatures,
    outFeatures: readInteger(args, isNnx ? 'out_features' : 'features', 1),
    bias: readBoolean(args, 'use_bias', true),
  };
}

/** `weights`: their shape, [out, in] with transB=1 and [in, out] without; or null where the text does not say it. */
export function readOnnxLinear(
  attributes: Attributes,
  weights: readonly number[] | null,
  hasBias: boolean,
  otherwise: { readonly inFeatures: number; readonly outFeatures: number },
): Linear {
  needKnown(attributes, 'Gemm', ['alpha', 'beta', 'transA', 'transB']);
  const numberOf = (name: string, fallback: number) => {
    const value = attributes.get(name);
    return value?.kind === 'number' ? value.value : fallback;
  };
  if (numberOf('alpha', 1) !== 1 || numberOf('beta', 1) !== 1 || numberOf('transA', 0) !== 0)
    refuse('gemm-scaled', 'Gemm is a fully connected layer with alpha=1, beta=1 and transA=0 alone');
  const [first, second] = weights ?? [];
  const isTransposed = numberOf('transB', 0) !== 0;
  return {
    kind: 'linear',
    inFeatures: (isTransposed ? second : first) ?? otherwise.inFeatures,
    outFeatures: (isTransposed ? first : second) ?? otherwise.outFeatures,
    bias: hasBias,
  };
}

export function writePyTorchLinear({ inFeatures, outFeatures, bias }: Linear): string {
  return `nn.Linear(${inFeatures}, ${outFeatures}${bias ? '' : ', bias=False'})`;
}

/** `activation`: what stands in the argument of that name, or null. */
export function writeKerasLinear({ outFeatures, bias }: Linear, activation: string | null): string {
  const parts = [
    outFeatures,
    ...(activation === null ? [] : [`activation="${activation}"`]),
    ...(bias ? [] : ['use_bias=False']),
  ];
  return `keras.layers.Dense(${parts.join(', ')})`;
}

export function writeFlaxLinear({ outFeatures, bias }: Linear): string {
  return `nn.Dense(features=${outFeatures}${bias ? '' : ', use_bias=False'})`;
}

/** Statements of `onnx.helper` from `input` to `output`. */
export function writeOnnxLinear({ inFeatures, outFeatures, bias }: Linear, input: string, output: string) {
  return [
    `helper.make_tensor_value_info("weight", TensorProto.FLOAT, [${outFeatures}, ${inFeatures}])`,
    `helper.make_node("Gemm", ["${input}", "weight"${bias ? ', "bias"' : ''}], ["${output}"], transB=1)`,
  ];
}
