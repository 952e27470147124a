import { describe, expect, it } from 'vitest';
import { paper, slate } from '../figure/paper.ts';
import { figureToSvg } from '../figure/toSvg.ts';
import type { DiagramItem } from './diagram.ts';
import { networkFigure } from './networkFigure.ts';

const picture: DiagramItem = {
  id: 'input',
  kind: 'input',
  label: 'Photo <cat & dog>',
  lines: ['3×96×144'],
  channels: 3,
  height: 96,
  width: 144,
  kernels: null,
  field: { h: { lo: 40, hi: 44 }, w: { lo: 60, hi: 64 } },
  fieldText: '5×5',
};
const conv: DiagramItem = {
  ...picture,
  id: 'conv',
  kind: 'layer',
  label: '1 Conv2d',
  lines: ['16×96×144'],
  channels: 16,
  kernels: { count: 16, channels: 3, height: 5, width: 5 },
  field: { h: { lo: 42, hi: 42 }, w: { lo: 62, hi: 62 } },
  fieldText: '1×1',
};
const folded: DiagramItem = { ...conv, id: 'layer1', kind: 'folded', label: 'layer1 (12)', kernels: null, field: null };

function svg(
  items: readonly DiagramItem[],
  { colours = paper as typeof slate, widthMm }: { colours?: typeof slate; widthMm?: number } = {},
) {
  const content = {
    title: 'Small',
    subtitle: '3 layers',
    items,
    notes: (factor: number) => [`Kernels are drawn ${factor} times larger than maps.`],
  };
  const figure = networkFigure(content, { scale: 'linear', rowWidth: 800 }, colours);
  return figureToSvg(figure, () => '', widthMm);
}

/** Every tag is closed in its turn, and no sign stands where XML wants an entity. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml[^?]*\?>/, '');
  for (const [, close, name, empty] of body.matchAll(/<(\/?)([a-z]+)(?:\s[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (close) {
      if (open.pop() !== name) return false;
    } else if (!empty) open.push(name!);
  }
  const text = body.replace(/<\/?[a-z]+(?:\s[\w:-]+="[^"<]*")*\s*\/?>/g, '');
  return open.length === 0 && !/[<>]|&(?!(amp|lt|gt);)/.test(text);
}

describe('the figure of a network', () => {
  it('is well-formed XML without a number that is none, whatever a layer is called', () => {
    const text = svg([picture, conv, folded]);
    expect(isWellFormed(text)).toBe(true);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(text).toContain('Photo &lt;cat &amp; dog&gt;');
  });

  it('has its words as text in named fonts', () => {
    const text = svg([picture, conv]);
    expect(text).toMatch(/<text [^>]*font-family="Pretendard[^>]*>1 Conv2d<\/text>/);
    expect(text).toMatch(/<text [^>]*fill="#bf341c" font-family="'JetBrains Mono'[^>]*>1×1<\/text>/);
    expect(text).toContain('>×16</text>');
    expect(text).toMatch(/Kernels are drawn \d+ times larger than maps\./);
  });

  it('draws the picture blue, kernels amber, maps grey and the field vermilion, with a beam to the next layer', () => {
    const text = svg([picture, conv, folded]);
    for (const colour of [paper.input, paper.weights, paper.maps]) expect(text).toContain(`fill="${colour}"`);
    expect(text.match(new RegExp(`fill="${paper.field}" opacity="0.35"`, 'g'))).toHaveLength(2);
    expect(text.match(new RegExp(`fill="${paper.field}" opacity="0.14"`, 'g'))).toHaveLength(1);
  });

  it('takes the colours of dark pages, and a printed width', () => {
    const dark = svg([picture, conv], { colours: slate, widthMm: 160 });
    expect(dark).toContain(`fill="${slate.background}"`);
    expect(dark).not.toContain(paper.background);
    expect(dark).toMatch(/<svg [^>]*width="160mm" height="[\d.]+mm" viewBox="0 0 [\d.]+ [\d.]+"/);
  });
});
