import { describe, expect, it } from 'vitest';
import { exportNpz } from './experiment/experiment.ts';
import { identifyFile } from './identifyFile.ts';
import { exportJson, packState } from './stateFile.ts';

const file = (content: BlobPart, name: string, type = '') => new File([content], name, { type });

describe('identifyFile', () => {
  it('knows our own files by their bytes, whatever their names', async () => {
    const maps = { shape: [1, 1, 1, 1], values: new Float32Array(1) } as const;
    const conv = {
      kind: 'conv2d',
      inChannels: 1,
      outChannels: 1,
      kernelSize: [1, 1],
      stride: [1, 1],
      padding: 'valid',
      dilation: [1, 1],
      groups: 1,
      bias: false,
      paddingMode: 'zeros',
    } as const;
    const npz = exportNpz({
      conv,
      activation: 'none',
      engine: 'cpu',
      programs: [],
      x: maps,
      y: maps,
      weight: new Float32Array(1),
      bias: null,
    });
    expect(await identifyFile(file(npz, 'a.zip'))).toBe('npz');
    expect(await identifyFile(file(packState({}, new Map()), 'a.zip'))).toBe('convscope');
    expect(await identifyFile(file(exportJson({}, new Map()), 'a.txt'))).toBe('json');
  });

  it('takes for a photo what is one, and what claims to be one', async () => {
    expect(await identifyFile(file('GIF89a', 'a.txt'))).toBe('photo');
    expect(await identifyFile(file('hello', 'a.jpg'))).toBe('photo');
    expect(await identifyFile(file('hello', 'a', 'image/png'))).toBe('photo');
    expect(await identifyFile(file('<svg>', 'a'))).toBe('photo');
    expect(await identifyFile(file('', 'a.txt'))).toBe('photo');
  });

  it('believes the name of our own files where the bytes say nothing', async () => {
    expect(await identifyFile(file('hello', 'a.convscope'))).toBe('convscope');
    expect(await identifyFile(file('hello', 'a.npz'))).toBe('npz');
    expect(await identifyFile(file('[1]', 'a.json'))).toBe('json');
  });

  it('tells video and everything else', async () => {
    expect(await identifyFile(file(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3]), 'a.webm'))).toBe('video');
    expect(await identifyFile(file('hello', 'a.txt'))).toBe('unknown');
    expect(await identifyFile(file('%PDF-1.7', 'a.pdf'))).toBe('unknown');
  });
});
