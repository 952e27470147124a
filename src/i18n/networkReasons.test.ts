import { describe, expect, it } from 'vitest';
import { reasons } from './en/networkReasons.ts';

/** The texts of all that may refuse a layer, an edit or code. */
const sources = import.meta.glob<string>(
  [
    '../operators/**/*.ts',
    '../graph/network/**/*.ts',
    '../graph/infer.ts',
    '../graph/price/*.ts',
    '../formats/networkText/**/*.ts',
    '../ui/network/layers/*.{ts,tsx}',
    '!../**/*.test.{ts,tsx}',
    // Texts of one layer in other libraries than PyTorch.
    '!../operators/**/{onnx,flax,keras}*.ts',
    '!../operators/*/code/{code,crop}.ts',
    '!../operators/{linear,locallyConnected2d}/code.ts',
    // No person writes these: they are parts of gradients and of training.
    '!../operators/{separableSum,pointwiseGradient,extremumGradient,weightGradient,optimizerStep,crossEntropy,seededDropout}/*.ts',
    '!../operators/deformConv2d/gradient/*.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

const patterns = [/code: '([a-z-]+)'/g, /(?:refuse|refused|refuseAt|failed|error|codeError)\(\s*'([a-z-]+)'/g];

describe('the reasons why something of a network cannot be', () => {
  it('have words for every code that a layer, an edit or code may be refused with', () => {
    const codes = Object.values(sources).flatMap((text) =>
      patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code!)),
    );
    expect(new Set(codes).size).toBeGreaterThan(50);
    // A deformable layer says which of its two other inputs is wrong: `offset-channels`, `mask-size`.
    const isOfInput = (code: string) => [`offset-${code}`, `mask-${code}`].every((each) => each in reasons);
    const silent = [...new Set(codes)].filter((code) => !(code in reasons || isOfInput(code))).sort();
    expect(silent).toEqual([]);
  });
});
