/**
 * What saved files are called: one rule for all. The base is the photo's name without its ending, in characters that every file system
 * takes; `cat.npz`, `cat-maps.png`, `cat-pytorch.py`. The script's ending keeps a photo called `torch` from standing in for the library.
 */
const endings = {
  npz: '.npz',
  png: '-maps.png',
  csv: '-statistics.csv',
  json: '.json',
  pytorch: '-pytorch.py',
  convscope: '.convscope',
  comparisonSvg: '-comparison.svg',
  comparisonPng: '-comparison.png',
  comparisonCsv: '-comparison.csv',
  networkSvg: '-network.svg',
  lossCsv: '-loss.csv',
  networkCsv: '-network.csv',
  networkMarkdown: '-network.md',
  engineJson: '-engine.json',
} as const;

const longest = 64;
/** Names that Windows keeps for devices, whatever their ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The file of `kind` about the photo `photoName` ("cat", "holiday.jpg"). */
export function exportName(kind: keyof typeof endings, photoName: string): string {
  return baseOf(photoName) + endings[kind];
}

function baseOf(photoName: string): string {
  const letters = photoName
    .normalize('NFC')
    .replace(/\.[a-z0-9]{1,12}$/i, '')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-');
  const base = [...letters]
    .slice(0, longest)
    .join('')
    .replace(/^-+|-+$/g, '');
  if (base === '') return 'convscope';
  return reserved.test(base) ? `${base}-photo` : base;
}
