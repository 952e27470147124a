/** The render pipelines that draw tiles, one per texture format. */
import { checkedModule } from '../device/pipelines.ts';
import { tilesWgsl } from '../statistics/viewPrograms.ts';
import { tileWords } from './tileEncoding.ts';

/** GPUShaderStage: VERTEX 1, FRAGMENT 2 */
const vertexStage = 1;
const fragmentStage = 2;

export interface RenderProgram {
  readonly pipeline: GPURenderPipeline;
  readonly viewLayout: GPUBindGroupLayout;
  readonly mapsLayout: GPUBindGroupLayout;
}

export class PaintPrograms {
  readonly #device: GPUDevice;
  readonly #ready = new Map<GPUTextureFormat, RenderProgram>();
  readonly #pending = new Map<GPUTextureFormat, Promise<void>>();
  compilations = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  ready(format: GPUTextureFormat): RenderProgram | undefined {
    return this.#ready.get(format);
  }

  compile(format: GPUTextureFormat): Promise<void> {
    let pending = this.#pending.get(format);
    if (!pending) {
      pending = this.#compile(format);
      this.#pending.set(format, pending);
    }
    return pending;
  }

  async #compile(format: GPUTextureFormat): Promise<void> {
    const device = this.#device;
    const module = await checkedModule(device, tilesWgsl, 'tiles');
    const viewLayout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: vertexStage | fragmentStage, buffer: { type: 'uniform' } },
        { binding: 1, visibility: fragmentStage, buffer: { type: 'read-only-storage' } },
      ],
    });
    const mapsLayout = device.createBindGroupLayout({
      entries: [
        { binding: 0, visibility: fragmentStage, buffer: { type: 'read-only-storage' } },
        { binding: 1, visibility: vertexStage, buffer: { type: 'read-only-storage' } },
      ],
    });
    const formats: GPUVertexFormat[] = ['sint32x4', 'uint32x4', 'uint32x4', 'uint32x4', 'uint32x4'];
    const pipeline = await device.createRenderPipelineAsync({
      label: 'tiles',
      layout: device.createPipelineLayout({ bindGroupLayouts: [viewLayout, mapsLayout] }),
      vertex: {
        module,
        entryPoint: 'vertex',
        buffers: [
          {
            arrayStride: tileWords * 4,
            stepMode: 'instance',
            attributes: formats.map((format, i) => ({ shaderLocation: i, offset: i * 16, format })),
          },
        ],
      },
      fragment: { module, entryPoint: 'fragment', targets: [{ format }] },
      primitive: { topology: 'triangle-strip' },
    });
    this.compilations++;
    this.#ready.set(format, { pipeline, viewLayout, mapsLayout });
  }
}
