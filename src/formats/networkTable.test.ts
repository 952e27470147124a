import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../graph/architectures/builder.ts';
import '../operators/late.ts';
import { inferShapes } from '../graph/infer.ts';
import { priceTable } from '../graph/price/table.ts';
import { networkCsv, networkMarkdown, priceConventions } from './networkTable.ts';

function table() {
  const net = new NetworkBuilder([1, 3, 10, 20]);
  net.maxPool('pool', net.conv('conv|1', 'input', 8, { kernel: 3, padding: 1 }), { kernel: 2, stride: 2 });
  return priced(net);
}

function priced(net: NetworkBuilder) {
  const shapes = inferShapes(net.graph, { input: [1, 3, 10, 20] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return priceTable(net.graph, shapes.value);
}

describe('a network’s prices as CSV', () => {
  const lines = networkCsv(table()).split('\r\n');
  const [head, ...rows] = lines.filter((line) => !line.startsWith('#') && line !== '');

  it('says first what the numbers count', () => {
    expect(lines.slice(0, priceConventions.length)).toEqual(priceConventions.map((line) => `# ${line}`));
    expect(lines[priceConventions.length]).toBe(
      '# Parameters take 896 bytes in float32, maps 10400 in training and at most 8800 in inference.',
    );
  });

  it('has a cell for each name in every row, with exact counts', () => {
    expect(head?.split(',')).toHaveLength(19);
    expect(rows).toEqual([
      'conv|1,conv2d,8,10,20,224,43200,38976,43200,6400,8800,224,43200,3,3,1,1,-1,-1',
      'pool,pool2d,8,5,10,0,0,0,,1600,8000,224,43200,4,4,2,2,-1,-1',
      'total,,,,,224,43200,38976,,8000,8800,,,,,,,,',
    ]);
  });
});

describe('a network’s prices as Markdown', () => {
  it('is one table, whose names cannot break it, and the conventions below', () => {
    const lines = networkMarkdown(table()).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '| layer | op | output | params | macs | useful | textbook | memory | field | jump |',
      '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| `conv\\|1` | `conv2d` | 8×10×20 | 224 | 43,200 | 90.2 % | 43,200 | 6,400 | 3 | 1 |',
      '| `pool` | `pool2d` | 8×5×10 | 0 | 0 |  |  | 1,600 | 4 | 2 |',
      '| **total** |  |  | 224 | 43,200 | 90.2 % |  | 10,400 |  |  |',
    ]);
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(priceConventions.length);
  });

  it('has the memory that training keeps: nothing of a ReLU in place, and with the picture the total that stands below', () => {
    const net = new NetworkBuilder([1, 3, 10, 20]);
    net.activation('relu', net.conv('conv', 'input', 8, { kernel: 3, padding: 1 }));
    const lines = networkMarkdown(priced(net)).split('\n');
    const memory = lines.slice(2, 5).map((line) => line.split('|')[8]?.trim());
    // 8 · 10 · 20 numbers of four bytes, and 3 · 10 · 20 of the picture.
    expect(memory).toEqual(['6,400', '0', '8,800']);
    expect(lines.find((line) => line.startsWith('Parameters'))).toContain('Maps in training: 8,800 bytes');
  });
});
