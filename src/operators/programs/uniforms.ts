/**
 * The uniform structs of the shared programs, declared once: field names in WGSL's order, each four bytes. `shaders/` says the
 * same in WGSL; a test reads the structs by reflection and holds the two together.
 */
export type Scalar = 'u32' | 'i32' | 'f32';
export type Fields = Readonly<Record<string, Scalar>>;
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: number };

export interface UniformStruct<F extends Fields> {
  /** The struct's name in WGSL. */
  readonly name: string;
  readonly fields: F;
  /** In bytes; a multiple of 16, so that it can be bound anywhere. */
  readonly size: number;
  write(values: ValuesOf<F>): ArrayBuffer;
}

export function uniformStruct<const F extends Fields>(name: string, fields: F): UniformStruct<F> {
  const entries = Object.entries(fields) as [keyof F, Scalar][];
  const size = Math.ceil((entries.length * 4) / 16) * 16;
  return {
    name,
    fields,
    size,
    write(values) {
      const bytes = new ArrayBuffer(size);
      const view = new DataView(bytes);
      entries.forEach(([field, type], index) => {
        const value = values[field];
        // u32 wraps negative numbers, as index arithmetic in WGSL does.
        if (type === 'f32') view.setFloat32(index * 4, value, true);
        else view.setInt32(index * 4, value, true);
      });
      return bytes;
    },
  };
}

export const convolutionUniforms = uniformStruct('Convolution', {
  inputBase: 'u32',
  inputPlane: 'u32',
  inputImage: 'u32',
  inputHeight: 'u32',
  inputWidth: 'u32',
  outputBase: 'u32',
  outputPlane: 'u32',
  outputImage: 'u32',
  outputWidth: 'u32',
  firstRow: 'u32',
  rowEnd: 'u32',
  firstBlock: 'u32',
  invocations: 'u32',
  rowStep: 'u32',
  stripRows: 'u32',
  columnStep: 'u32',
  strideY: 'u32',
  strideX: 'u32',
  offsetY: 'i32',
  offsetX: 'i32',
  dilationY: 'u32',
  dilationX: 'u32',
  kernelHeight: 'u32',
  kernelWidth: 'u32',
  groups: 'u32',
  inChannels: 'u32',
  groupChannels: 'u32',
  lastFirstBlock: 'u32',
  outChannels: 'u32',
  blocksPerGroup: 'u32',
  channelOrigin: 'u32',
  channelEnd: 'u32',
  weightsPerBlock: 'u32',
  firstBound: 'u32',
  firstRecord: 'u32',
  slope: 'f32',
  cap: 'f32',
});

export const gatherUniforms = uniformStruct('Gather', {
  total: 'u32',
  perRow: 'u32',
  isBlocked: 'u32',
  width: 'u32',
  height: 'u32',
  channels: 'u32',
  channelFrom: 'u32',
  channelTo: 'u32',
  base: 'u32',
  image: 'u32',
  sourceBase: 'u32',
  sourceImage: 'u32',
  sourceBlock: 'u32',
  sourceLane: 'u32',
  sourceRow: 'u32',
  sourceColumn: 'u32',
  channelOffset: 'i32',
  y0: 'i32',
  x0: 'i32',
  mode: 'u32',
  fullHeight: 'i32',
  fullWidth: 'i32',
  originY: 'i32',
  originX: 'i32',
  sourceHeight: 'i32',
  sourceWidth: 'i32',
});

export const elementwiseUniforms = uniformStruct('Elementwise', {
  total: 'u32',
  perRow: 'u32',
  inputBase: 'u32',
  outputBase: 'u32',
  slope: 'f32',
  cap: 'f32',
});
