import { expect, it } from 'vitest';
import { lossCsv } from './lossCsv.ts';

it('the layer itself and its substitutes, one line each, with empty cells for what is not known', () => {
  const rows = [
    {
      kind: 'low_rank',
      size: 16,
      fit: { cost: { macs: 300, parameters: 30 }, errorOfMaps: 0.0125, errorOfWeights: 0.5, found: 'exact' },
    },
    {
      kind: 'pointwise',
      size: null,
      fit: { cost: { macs: 200, parameters: 20 }, errorOfMaps: null, errorOfWeights: 1, found: 'exact' },
    },
    { kind: 'grouped', size: 4, fit: null },
  ];
  expect(lossCsv('esrgan/GFF_2, "3 x 3"', { macs: 1000, parameters: 100 }, rows)).toBe(
    [
      'number,kind,size,macs,parameters,error_of_maps,error_of_weights,found',
      '0,"esrgan/GFF_2, ""3 x 3""",,1000,100,0,0,',
      '1,low_rank,16,300,30,0.0125,0.5,exact',
      '2,pointwise,,200,20,,1,exact',
      '3,grouped,4,,,,,',
      '',
    ].join('\r\n'),
  );
});
