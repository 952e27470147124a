import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DotProduct } from '../../../operators/conv2d/dotProduct.ts';
import { printDotProduct } from './terms.ts';

function sliceOf(channel: number, patch: number[], kernel: number[]) {
  const products = Float64Array.from(patch, (value, tap) => value * (kernel[tap] ?? 0));
  return {
    channel,
    patch: Float64Array.from(patch),
    isPadding: patch.map(() => false),
    kernel: Float64Array.from(kernel),
    products,
    partial: products.reduce((sum, product) => sum + product, 0),
  };
}

function dotOf(slices: DotProduct['slices'], bias: number): DotProduct {
  return { slices, bias, linear: slices.reduce((sum, slice) => sum + slice.partial, bias) };
}

const numberOf = (text: string) => Number(text.replace('\u2212', '-'));

describe('the printed dot product', () => {
  it('writes a small example as one would by hand', () => {
    const printed = printDotProduct(dotOf([sliceOf(0, [1, 2], [0.5, -1])], 0.25));
    expect(printed.decimals).toBe(3);
    expect(printed.slices[0]?.products.map((product) => product.text)).toEqual(['0.500', '\u22122.000']);
    expect(printed.slices[0]?.partial.text).toBe('\u22121.500');
    expect(printed.bias.text).toBe('0.250');
    expect(printed.linear.text).toBe('\u22121.250');
  });

  it('leaves a factor its digits beside numbers of another size: 119 × 0.021 = 2.5', () => {
    const { decimals, slices } = printDotProduct(dotOf([sliceOf(0, [119, 255], [0.021, 1 / 3])], 0));
    expect(decimals).toBe(1);
    expect(slices[0]?.patch.map(({ text }) => text)).toEqual(['119.0', '255.0']);
    expect(slices[0]?.kernel.map(({ text }) => text)).toEqual(['0.021', '0.333']);
    expect(slices[0]?.products.map(({ text }) => text)).toEqual(['2.5', '85.0']);
  });

  it('adds up as printed, for any patch and kernel', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true });
    const slice = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 49 });
    fc.assert(
      fc.property(fc.array(slice, { minLength: 1, maxLength: 4 }), value, (slices, bias) => {
        const printed = printDotProduct(
          dotOf(
            slices.map((pairs, channel) =>
              sliceOf(
                channel,
                pairs.map(([patch]) => patch),
                pairs.map(([, kernel]) => kernel),
              ),
            ),
            bias,
          ),
        );
        const units = (text: string) => Math.round(numberOf(text) * 10 ** printed.decimals);
        for (const { products, partial } of printed.slices) {
          expect(products.reduce((sum, product) => sum + units(product.text), 0)).toBe(units(partial.text));
        }
        const sum = printed.slices.reduce(
          (total, { partial }) => total + units(partial.text),
          units(printed.bias.text),
        );
        expect(sum).toBe(units(printed.linear.text));
      }),
    );
  });
});
