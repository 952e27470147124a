/**
 * Draws a scene into a texture by one render pass: an instance per tile, a draw per run of tiles of one buffer. Statistics that the
 * ranges need are computed on the device just before, in the same submission; nothing is awaited.
 */
import type { Scene, Tile } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import type { Device } from '../evaluation.ts';
import { bindingOf, type MapArray } from '../maps/arrays.ts';
import { recomputedMaps } from '../run/loadRecomputed.ts';
import { ensureStatistics } from '../run/runner.ts';
import { DeviceTensor } from '../run/tensors.ts';
import { recordsBytes, type StatisticsLevel } from '../statistics/statistics.ts';
import { boxMaps } from './inspect.ts';
import type { PaintPrograms } from './paintPrograms.ts';
import { encodeTiles, type Placed, placedIn, statisticsFor } from './tileEncoding.ts';

/** `View` of `shaders/view/tiles.wgsl`: the canvas size and 256 RGBA entries. */
const viewBytes = 16 + 1024;

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

  /**
   * Draws and submits. `target` is asked for only when all is there to be drawn: a canvas whose texture was taken shows it, drawn or
   * not. Throws NotCompiled; the caller then discards what was recorded. Returns false when the render program is not ready.
   */
  draw(target: () => GPUTextureView, width: number, height: number, scene: Scene): boolean {
    const program = this.#programs.ready(this.#format);
    if (!program) return false;
    const { recorder } = this.#device;
    const details = new Map<string, MapArray>();
    const levels = levelsOf(scene);
    let placed: readonly Placed[];
    try {
      placed = scene.tiles.flatMap((tile) => this.#place(tile, width, height, details));
    } catch (error) {
      // Keep what is there: the next attempt will need it.
      for (const [key, maps] of details) if (!this.#details.has(key)) maps.release();
      // The statistics of the tiles before are dropped with the rest.
      for (const [tensor, level] of levels) tensor.level = level;
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
        { view: target(), loadOp: 'clear', storeOp: 'store', clearValue: { r: r / 255, g: g / 255, b: b / 255, a: 1 } },
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

  /** Where the tile's values are; records what computes them and its range. Empty for a tile that shows nothing. */
  #place(tile: Tile, width: number, height: number, details: Map<string, MapArray>): readonly Placed[] {
    const { tensor, source, target } = tile;
    if (!(tensor instanceof DeviceTensor)) return [];
    if (!(target.width > 0 && target.height > 0 && source.width > 0 && source.height > 0)) return [];
    const needed = statisticsFor(tile.range);
    if (needed > 0) ensureStatistics(this.#device, tensor, needed);
    const { content } = tensor;
    if (content.kind === 'stored') return [placedIn(content.maps, tile, tensor, 1) ?? []].flat();
    const step = Math.min(source.width / target.width, source.height / target.height);
    const pieces =
      step < content.factor ? recomputedMaps().detailPieces(this.#device, tile, tensor, width, height) : null;
    if (pieces === null) return [placedIn(content.preview, tile, tensor, content.factor) ?? []].flat();
    return pieces.flatMap(({ box, rows }) => {
      const key = [tensor.id, box.channel, box.y, box.x, box.height, box.width].join(' ');
      const maps = details.get(key) ?? this.#details.get(key) ?? boxMaps(this.#device, tensor, box);
      details.set(key, maps);
      const placed = placedIn(maps, tile, tensor, 1);
      return placed ? { ...placed, rows } : [];
    });
  }

  #write(
    width: number,
    height: number,
    colours: Uint8Array,
    spans: Int32Array<ArrayBuffer>,
    instances: Int32Array<ArrayBuffer>,
  ): { view: Buffer; spans: Buffer; tiles: Buffer } {
    const { pool, recorder } = this.#device;
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
    recorder.write(buffers.view, view);
    recorder.write(buffers.spans, spans);
    recorder.write(buffers.tiles, instances);
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

/** What is known of the scene's tensors now. */
function levelsOf({ tiles }: Scene): ReadonlyMap<DeviceTensor, StatisticsLevel> {
  const tensors = tiles.map(({ tensor }) => tensor).filter((tensor) => tensor instanceof DeviceTensor);
  return new Map(tensors.map((tensor) => [tensor, tensor.level]));
}
