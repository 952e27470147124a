/**
 * Draws a scene into a texture by one render pass: an instance per tile, a draw per run of tiles of one buffer. Statistics that the
 * ranges need are computed on the device just before, in the same submission; nothing is awaited.
 */
import { bytesOf, stridesOf } from '../../operators/programs/layout.ts';
import { type AxisSamples, axisSamples } from '../axisSamples.ts';
import type { DisplayRange, Scene, Tile } from '../engine.ts';
import { bindingOf, type MapArray, type MapPart } from './arrays.ts';
import { clipped } from './boxes.ts';
import type { Buffer } from './buffers.ts';
import type { Device } from './evaluator.ts';
import { boxMaps } from './inspect.ts';
import { checkedModule } from './pipelines.ts';
import { ensureStatistics } from './runner.ts';
import { recordsBytes } from './statistics.ts';
import { DeviceTensor } from './tensors.ts';
import { tilesWgsl } from './viewPrograms.ts';

/** Four bytes each, as `Tile` of `shaders/view/tiles.wgsl`: five vec4. */
const tileWords = 20;
const viewBytes = 16 + 1024;
/** GPUShaderStage: VERTEX 1, FRAGMENT 2 */
const vertexStage = 1;
const fragmentStage = 2;

/** Beyond any map index. */
const unbounded = 2 ** 30;

interface RenderProgram {
  readonly pipeline: GPURenderPipeline;
  readonly viewLayout: GPUBindGroupLayout;
  readonly mapsLayout: GPUBindGroupLayout;
}

/** The render pipelines, one per texture format. */
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

/** One tile with the maps that it is drawn from. */
interface Placed {
  readonly tile: Tile;
  readonly tensor: DeviceTensor;
  readonly maps: MapArray;
  readonly part: MapPart;
  /** Map pixels per array pixel: more than 1 for the reduced copy. */
  readonly factor: number;
}

/** Draws the scenes of one surface; keeps its small buffers and the magnified pieces of maps that are not kept. */
export class Painter {
  readonly #device: Device;
  readonly #gpu: GPUDevice;
  readonly #programs: PaintPrograms;
  readonly #format: GPUTextureFormat;
  #buffers: { view: Buffer; spans: Buffer; tiles: Buffer } | null = null;
  #details = new Map<string, MapArray>();
  readonly #noRecords: Buffer;
  #groups = new Map<string, GPUBindGroup>();

  constructor(device: Device, gpu: GPUDevice, programs: PaintPrograms, format: GPUTextureFormat) {
    this.#device = device;
    this.#gpu = gpu;
    this.#programs = programs;
    this.#format = format;
    this.#noRecords = device.pool.take(recordsBytes(1), 'storage');
  }

  /** Draws and submits. Throws NotCompiled; returns false when the render program itself is not ready. */
  draw(target: GPUTextureView, width: number, height: number, scene: Scene): boolean {
    const program = this.#programs.ready(this.#format);
    if (!program) return false;
    const { recorder } = this.#device;
    const details = new Map<string, MapArray>();
    let placed: readonly Placed[];
    try {
      placed = scene.tiles.flatMap((tile) => this.#place(tile, details) ?? []);
    } catch (error) {
      // Keep what is there: the next attempt will need it.
      for (const [key, maps] of details) if (!this.#details.has(key)) maps.release();
      throw error;
    }
    for (const [key, maps] of this.#details) if (!details.has(key)) maps.release();
    this.#details = details;

    const { instances, spans } = encodeTiles(placed, width, height);
    const buffers = this.#write(width, height, scene.colours, spans, instances);
    const viewGroup = this.#bindGroup(program.viewLayout, [
      [buffers.view, 0, viewBytes],
      [buffers.spans, 0, buffers.spans.size],
    ]);
    const [r, g, b] = scene.background;
    const pass = recorder.encoder().beginRenderPass({
      colorAttachments: [
        { view: target, loadOp: 'clear', storeOp: 'store', clearValue: { r: r / 255, g: g / 255, b: b / 255, a: 1 } },
      ],
    });
    pass.setPipeline(program.pipeline);
    pass.setBindGroup(0, viewGroup);
    pass.setVertexBuffer(0, buffers.tiles.gpu);
    for (let first = 0; first < placed.length; ) {
      const { part, tensor } = placed[first]!;
      let end = first + 1;
      while (end < placed.length && placed[end]!.part === part && placed[end]!.tensor === tensor) end++;
      const maps = bindingOf(part);
      const records = tensor.records;
      const group = this.#bindGroup(program.mapsLayout, [
        [maps.buffer, 0, maps.size!],
        records ? [records, 0, recordsBytes(tensor.shape[1])] : [this.#noRecords, 0, recordsBytes(1)],
      ]);
      pass.setBindGroup(1, group);
      pass.draw(4, end - first, 0, first);
      first = end;
    }
    pass.end();
    recorder.submit();
    return true;
  }

  destroy(): void {
    const { pool } = this.#device;
    for (const maps of this.#details.values()) maps.release();
    this.#details.clear();
    pool.give(this.#noRecords);
    if (this.#buffers) for (const buffer of Object.values(this.#buffers)) pool.give(buffer);
    this.#buffers = null;
  }

  /** Where the tile's values are; records what computes them and its range. Null for a tile that shows nothing. */
  #place(tile: Tile, details: Map<string, MapArray>): Placed | null {
    const { tensor, source, target, channel } = tile;
    if (!(tensor instanceof DeviceTensor) || tensor.isFreed) return null;
    if (!(target.width > 0 && target.height > 0 && source.width > 0 && source.height > 0)) return null;
    const needed = statisticsFor(tile.range);
    if (needed > 0) ensureStatistics(this.#device, tensor, needed);
    const { content } = tensor;
    if (content.kind === 'stored') return placedIn(content.maps, tile, tensor, 1);
    const step = Math.min(source.width / target.width, source.height / target.height);
    if (step >= content.factor) return placedIn(content.preview, tile, tensor, content.factor);
    const [, , height, width] = tensor.shape;
    const block = Math.floor(channel / 4) * 4;
    const x = Math.floor(source.x);
    const y = Math.floor(source.y);
    const wanted = {
      channel: block,
      channels: Math.min(4, tensor.shape[1] - block),
      y,
      x,
      height: Math.ceil(source.y + source.height) - y + 1,
      width: Math.ceil(source.x + source.width) - x + 1,
    };
    const box = clipped(wanted, height, width);
    const bytes = bytesOf({ layout: 'blocked', images: 1, channels: 4, height: box.height, width: box.width });
    // A piece too large to compute beside the rest is looked at through the reduced copy.
    const { pool, traits } = this.#device;
    if (bytes > Math.min(traits.maxStorageBinding, pool.budget / 32)) {
      return placedIn(content.preview, tile, tensor, content.factor);
    }
    const key = [tensor.id, box.channel, box.y, box.x, box.height, box.width].join(' ');
    let maps = details.get(key) ?? this.#details.get(key);
    maps ??= boxMaps(this.#device, tensor, box);
    details.set(key, maps);
    return placedIn(maps, tile, tensor, 1);
  }

  #write(
    width: number,
    height: number,
    colours: Uint8Array,
    spans: Int32Array<ArrayBuffer>,
    instances: Int32Array<ArrayBuffer>,
  ): { view: Buffer; spans: Buffer; tiles: Buffer } {
    const { pool } = this.#device;
    const view = new Uint8Array(viewBytes);
    new Float32Array(view.buffer, 0, 2).set([width, height]);
    view.set(colours.subarray(0, 1024), 16);
    const fitting = (buffer: Buffer | undefined, bytes: number, use: 'storage' | 'vertex' | 'uniform'): Buffer => {
      if (buffer && buffer.size >= bytes) return buffer;
      if (buffer) pool.give(buffer);
      return pool.take(Math.max(bytes, 4096), use);
    };
    const buffers = {
      view: fitting(this.#buffers?.view, viewBytes, 'uniform'),
      spans: fitting(this.#buffers?.spans, spans.byteLength, 'storage'),
      tiles: fitting(this.#buffers?.tiles, instances.byteLength, 'vertex'),
    };
    this.#buffers = buffers;
    const { queue } = this.#gpu;
    queue.writeBuffer(buffers.view.gpu, 0, view);
    queue.writeBuffer(buffers.spans.gpu, 0, spans);
    queue.writeBuffer(buffers.tiles.gpu, 0, instances);
    return buffers;
  }

  #bindGroup(layout: GPUBindGroupLayout, entries: readonly (readonly [Buffer, number, number])[]): GPUBindGroup {
    const key = entries.map(([buffer, offset, size]) => `${buffer.id}:${offset}:${size}`).join(' ');
    const known = this.#groups.get(key);
    if (known) return known;
    if (this.#groups.size > 256) this.#groups.clear();
    const group = this.#gpu.createBindGroup({
      layout,
      entries: entries.map(([buffer, offset, size], binding) => ({
        binding,
        resource: { buffer: buffer.gpu, offset, size },
      })),
    });
    this.#groups.set(key, group);
    return group;
  }
}

function placedIn(maps: MapArray, tile: Tile, tensor: DeviceTensor, factor: number): Placed | null {
  const channel = tile.channel - maps.origin.channel;
  const part = maps.parts.find((p) => channel >= p.channel && channel < p.channel + p.shape.channels);
  return part ? { tile, tensor, maps, part, factor } : null;
}

function statisticsFor(range: DisplayRange): 0 | 1 | 2 {
  if (range.mode === 'fixed') return 0;
  return range.percentiles ? 2 : 1;
}

/** The instances and the spans that they point into; tiles of equal geometry share their spans. */
function encodeTiles(
  placed: readonly Placed[],
  width: number,
  height: number,
): { readonly instances: Int32Array<ArrayBuffer>; readonly spans: Int32Array<ArrayBuffer> } {
  const instances = new Int32Array(Math.max(1, placed.length) * tileWords);
  const floats = new Float32Array(instances.buffer);
  const known = new Map<string, { readonly at: number; readonly samples: AxisSamples }>();
  let used = 0;
  const samplesFor = (from: number, length: number, sourceFrom: number, sourceLength: number, size: number) => {
    const key = `${from} ${length} ${sourceFrom} ${sourceLength} ${size}`;
    let found = known.get(key);
    if (!found) {
      // The shader clips to the array that it reads, so nothing is clipped here.
      const [target, source] = [
        { from, length },
        { from: sourceFrom, length: sourceLength },
      ];
      found = { at: used, samples: axisSamples(target, source, size, -unbounded, 2 * unbounded) };
      known.set(key, found);
      used += found.samples.first.length;
    }
    return found;
  };
  placed.forEach(({ tile, tensor, maps, part, factor }, i) => {
    const { target, source, range } = tile;
    const across = samplesFor(target.x, target.width, source.x / factor, source.width / factor, width);
    const down = samplesFor(target.y, target.height, source.y / factor, source.height / factor, height);
    const strides = stridesOf(part.shape);
    const channel = tile.channel - maps.origin.channel - part.channel;
    const base = strides.base + Math.floor(channel / 4) * strides.block + (channel % 4) * strides.lane;
    const isLayer = range.mode === 'per-layer';
    const words = [
      across.samples.start,
      down.samples.start,
      across.samples.first.length,
      down.samples.first.length,
      across.at,
      down.at,
      base,
      strides.row,
      strides.column,
      part.shape.width,
      part.shape.height,
      Math.ceil(tensor.shape[3] / factor),
      maps.origin.x,
      maps.origin.y,
      revealed(tile.reveal, tensor, factor),
      isLayer ? tensor.shape[1] : tile.channel,
      statisticsFor(range),
      Number(range.mode !== 'fixed' && range.symmetric),
      0,
      0,
    ];
    instances.set(words, i * tileWords);
    if (range.mode === 'fixed') floats.set([range.lo, range.hi], i * tileWords + 18);
  });
  const spans = new Int32Array(Math.max(2, used * 2));
  for (const { at, samples } of known.values()) {
    samples.first.forEach((first, i) => {
      spans[2 * (at + i)] = first;
      spans[2 * (at + i) + 1] = samples.last[i]!;
    });
  }
  return { instances, spans };
}

/** Values revealed, counted in the array that is drawn; -1 (the largest u32) for all. */
function revealed(reveal: number | undefined, tensor: DeviceTensor, factor: number): number {
  if (reveal === undefined || !Number.isFinite(reveal)) return -1;
  if (factor === 1) return Math.max(0, Math.floor(reveal));
  const width = tensor.shape[3];
  const row = Math.floor(reveal / width);
  return Math.floor(row / factor) * Math.ceil(width / factor) + Math.floor((reveal - row * width) / factor);
}
