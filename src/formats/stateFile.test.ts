import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportJson, packState, readStateJson, unpackState } from './stateFile.ts';

const hash = 'ab'.repeat(32);
const blobs = new Map([[hash, new Uint8Array([0, 1, 254, 255])]]);

describe('a .convscope file', () => {
  it('gives back the state and everything that it names', () => {
    expect(unpackState(packState({ anything: [1, 'two', null] }, blobs))).toEqual({
      ok: true,
      value: { workspace: { anything: [1, 'two', null] }, blobs },
    });
  });

  it('is the same file for the same state', () => {
    expect(packState({ a: 1 }, blobs)).toEqual(packState({ a: 1 }, blobs));
  });

  it('is refused when it is of a later version, cut, or something else', () => {
    const codeOf = (bytes: Uint8Array) => {
      const result = unpackState(bytes);
      return result.ok ? 'read' : result.error.code;
    };
    const zipOf = (text: string) => zipSync({ 'workspace.json': strToU8(text) });
    expect(codeOf(zipOf('{"format":"convscope","version":2,"workspace":{}}'))).toBe('file-unsupported');
    expect(codeOf(zipOf('{"format":"other"}'))).toBe('not-a-workspace');
    expect(codeOf(zipOf('{'))).toBe('file-malformed');
    expect(codeOf(zipSync({}))).toBe('file-incomplete');
    const whole = packState({}, blobs);
    for (let length = 0; length < whole.length; length++)
      expect(codeOf(whole.subarray(0, length))).toBe('file-truncated');
  });

  it('ignores files that are no blobs', () => {
    const files = {
      'workspace.json': strToU8('{"format":"convscope","version":1,"workspace":1}'),
      'blobs/../x': strToU8('y'),
    };
    expect(unpackState(zipSync(files))).toEqual({ ok: true, value: { workspace: 1, blobs: new Map() } });
  });

  it('is refused before it is unpacked when it would fill the memory', () => {
    // The central directory says that the one file unpacks to 2 GiB.
    const bomb = zipSync({ 'workspace.json': strToU8('{}') });
    const view = new DataView(bomb.buffer);
    const directory = view.getUint32(bomb.length - 6, true);
    view.setUint32(directory + 24, 2 ** 31, true);
    expect(unpackState(bomb)).toEqual({
      ok: false,
      error: { code: 'file-unpacks-too-large', values: { limit: 1024 } },
    });
  });

  it('takes broken bytes without throwing', () => {
    const whole = packState({ a: 1 }, blobs);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const broken = whole.slice();
        broken[at] = byte;
        return typeof unpackState(broken).ok === 'boolean';
      }),
    );
  });
});

describe('the JSON of a state', () => {
  it('gives back the state and its edited filters', () => {
    expect(readStateJson(exportJson({ a: 1 }, blobs))).toEqual({ ok: true, value: { workspace: { a: 1 }, blobs } });
  });

  it('is refused when it is another JSON', () => {
    const codeOf = (text: string) => {
      const read = readStateJson(text);
      return read.ok ? null : read.error.code;
    };
    expect(codeOf('[]')).toBe('not-a-workspace');
    expect(codeOf('{"a":1}')).toBe('not-a-workspace');
    expect(codeOf('{"format":"convscope","version":1')).toBe('file-malformed');
  });
});
