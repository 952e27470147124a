/**
 * Makes public/fonts/ and src/ui/theme/fonts.css: Pretendard (weights 400 to 700) in two files, Latin with signs, and exactly the
 * Korean syllables that the dictionaries use; JetBrains Mono (400 to 700), Latin with signs. Run it after a change of Korean texts:
 *   node scripts/subset-fonts.mjs           writes
 *   node scripts/subset-fonts.mjs --check   says which glyphs are missing, exit 1
 */
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const root = new URL('..', import.meta.url);
const modules = new URL('node_modules/', root);
const fonts = new URL('public/fonts/', root);
const stylesheet = new URL('src/ui/theme/fonts.css', root);

/** Latin, Latin-1, and the signs of formulas, arrows and units. */
const signs = '–—‘’“”•…‹›⁄×÷−±≤≥≈≠∞√∑Σμσ²³¹·←↑→↓↔▶▾⇧⌘\u2009\u202f';
const latin = range(0x20, 0x7e) + range(0xa0, 0xff) + signs;
const axes = { wght: { min: 400, max: 700 } };

function range(from, to) {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

/**
 * Hangul (syllables, letters) and CJK punctuation. The style sheet names these blocks and not each syllable, which would weigh more than a
 * kilobyte of every first load; a syllable that the file lacks falls to the next font.
 */
const koreanBlocks = 'U+1100-11FF,U+3000-303F,U+3130-318F,U+AC00-D7A3';
const isKorean = (character) => /[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]/u.test(character);

/** What the Korean file holds, as a comment: the build leaves it out. */
const inventory = (characters) => `/* ${characters.join('')} */`;

/** Every Korean character in the dictionaries and in the names of languages. */
async function koreanCharacters() {
  const found = new Set();
  for (const folder of ['src/i18n/ko/', 'src/ui/shell/']) {
    const files = await readdir(new URL(folder, root));
    for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
      for (const character of await readFile(new URL(folder + file, root), 'utf8')) {
        if (isKorean(character)) found.add(character);
      }
    }
  }
  // The particles that i18n/josa.ts puts after words.
  for (const character of '이가을를은는으로와과나란아야랑') found.add(character);
  return [...found].sort();
}

/** 'U+AC00,U+AC01-AC05,...' */
function unicodeRange(characters) {
  const points = [...new Set(characters)].map((character) => character.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point) => point.toString(16).toUpperCase();
  return runs.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(',');
}

const korean = await koreanCharacters();
if (process.argv.includes('--check')) {
  const css = await readFile(stylesheet, 'utf8');
  if (!css.includes(inventory(korean))) {
    console.error('public/fonts does not fit the Korean texts: run node scripts/subset-fonts.mjs');
    process.exit(1);
  }
  process.exit(0);
}

const pretendard = await readFile(new URL('pretendard/dist/web/variable/woff2/PretendardVariable.woff2', modules));
const mono = await readFile(
  new URL('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2', modules),
);
const faces = [
  { family: 'Pretendard', file: 'pretendard-latin.woff2', source: pretendard, characters: latin },
  {
    family: 'Pretendard',
    file: 'pretendard-korean.woff2',
    source: pretendard,
    characters: korean.join(''),
    blocks: koreanBlocks,
  },
  { family: 'JetBrains Mono', file: 'jetbrains-mono.woff2', source: mono, characters: latin },
];

const rules = [];
for (const { family, file, source, characters, blocks } of faces) {
  const subset = await subsetFont(source, characters, { targetFormat: 'woff2', variationAxes: axes });
  await writeFile(new URL(file, fonts), subset);
  console.log(`${file}  ${(subset.length / 1024).toFixed(1)} KB, ${[...characters].length} characters`);
  rules.push(`@font-face {
  font-family: "${family}";
  src: url("/fonts/${file}") format("woff2");
  font-weight: 400 700;
  font-display: swap;
  unicode-range: ${blocks ?? unicodeRange(characters)};
}
`);
}
await writeFile(
  stylesheet,
  `/* Written by scripts/subset-fonts.mjs; edit that. Characters outside these ranges fall to the system's fonts. */\n${inventory(korean)}\n${rules.join('')}`,
);
await copyFile(new URL('pretendard/dist/LICENSE.txt', modules), new URL('Pretendard-LICENSE.txt', fonts));
await copyFile(
  new URL('@fontsource-variable/jetbrains-mono/LICENSE', modules),
  new URL('JetBrainsMono-LICENSE.txt', fonts),
);
