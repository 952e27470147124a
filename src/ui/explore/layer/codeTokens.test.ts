import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeTokens } from './codeTokens.ts';

const ofKind = (code: string, kind: string) =>
  codeTokens(code)
    .filter((token) => token.kind === kind)
    .map((token) => token.text);

describe('the colours of the code line', () => {
  const call = "nn.Conv2d(3, 16, kernel_size=(5, 3), stride=2, bias=False, padding_mode='zeros')";

  it('finds the numbers, and no digit that belongs to a name', () => {
    expect(ofKind(call, 'number')).toEqual(['3', '16', '5', '3', '2']);
  });

  it('finds strings, constants and the module', () => {
    expect(ofKind(call, 'string')).toEqual(["'zeros'"]);
    expect(ofKind(call, 'constant')).toEqual(['False']);
    expect(ofKind(call, 'module')).toEqual(['nn.']);
  });

  it('keeps every character, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const joined = codeTokens(text)
          .map((token) => token.text)
          .join('');
        expect(joined).toBe(text);
      }),
    );
  });
});
