/** Why a copy says less than its layer, or cannot be built today: what the copy itself says, in English, as comments. */
import type { Layer } from '../../../graph/layers/layer.ts';
import type { CopyNote, Library } from '../../../operators/conv2d/code/code.ts';
import type { KerasTransposedNote } from '../../../operators/convTranspose2d/code/keras.ts';

/** A convolution by itself has writers of its own (`writeLayer`). */
export type OtherLayer = Exclude<Layer, { readonly kind: 'standard' }>;

export type KindNote =
  | CopyNote
  | KerasTransposedNote
  | 'flax-transposed-groups'
  | 'no-deformable'
  | 'no-local'
  | 'pytorch-local'
  | 'keras-local'
  | 'keras-local-dilation';

/** A library's code without its comments, and what they have to say. */
export interface KindCode {
  readonly code: string;
  readonly notes: readonly KindNote[];
}

/** What is true of the copy and loses nothing: it reads back to the same layer. */
const harmless: ReadonlySet<KindNote> = new Set(['pytorch-local', 'keras-local'] as const);

export function isLossless(notes: readonly KindNote[]): boolean {
  return notes.every((note) => harmless.has(note));
}

function paddingModesOf(layer: OtherLayer): string {
  const convs = Object.values(layer).flatMap((part) =>
    typeof part === 'object' && 'paddingMode' in part ? [part] : [],
  );
  return [...new Set(convs.map(({ paddingMode }) => paddingMode).filter((mode) => mode !== 'zeros'))]
    .map((mode) => `'${mode}'`)
    .join(', ');
}

const names: Readonly<Record<Library, string>> = { pytorch: 'PyTorch', keras: 'Keras', flax: 'Flax', onnx: 'ONNX' };

export function noteComment(note: KindNote, layer: OtherLayer, library: Library): string {
  switch (note) {
    case 'keras-padding-mode':
      return `# Keras has no layer for padding_mode=${paddingModesOf(layer)}: the border here is zeros instead.`;
    case 'keras-strided-dilation':
      return '# Keras refuses strides above 1 together with dilation_rate above 1: this layer cannot be built there.';
    case 'keras-transposed-groups':
      return '# Keras has no groups in Conv2DTranspose: here every output channel reads every input channel.';
    case 'flax-transposed-groups':
      return '# Flax has no groups in ConvTranspose: here every output channel reads every input channel.';
    case 'keras-output-padding':
      return '# Keras takes output_padding below strides only: the rows that it would add are left out.';
    case 'no-deformable':
      return `# ${names[library]} has no deformable convolution: this is the plain one that it is with all offsets 0.`;
    case 'no-local':
      return `# ${names[library]} has no locally connected layer: this is the convolution, with one kernel for all positions.`;
    case 'pytorch-local':
      return '# PyTorch has no locally connected layer: unfold makes columns of windows, and each has its own weights.';
    case 'keras-local':
      return '# Keras 3 has no LocallyConnected2D any more: this is Keras 2.';
    case 'keras-local-dilation':
      return '# LocallyConnected2D has no dilation_rate: the windows here are dense.';
    default:
      return note satisfies never;
  }
}
