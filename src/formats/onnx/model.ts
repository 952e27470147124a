/** An ONNX model as plain data: what `readModel.ts` makes of the protobuf file, before anything is understood of its operators. */

/** Values as float32; integers stay exact up to 2²⁴, and `integers` holds them where they are meant as sizes, axes or indices. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array;
  /** Present for integer and boolean tensors. */
  readonly integers: readonly number[] | null;
}

export type OnnxAttribute = number | string | readonly number[] | OnnxTensor;

export interface OnnxNode {
  /** The operator's name: "Conv". */
  readonly operator: string;
  readonly name: string;
  /** Names of values; '' for an optional input that is not given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxModel {
  /** Version of the default operator set. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  /** Names of the graph's inputs without initializers, and of its outputs. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}
