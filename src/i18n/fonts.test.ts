import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the Korean font holds exactly the syllables of the dictionaries', () => {
  expect(() => execFileSync('node', ['scripts/subset-fonts.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('all fonts together take less than 200 KB', () => {
  const files = ['pretendard-latin.woff2', 'pretendard-korean.woff2', 'jetbrains-mono.woff2'];
  const bytes = files.reduce((sum, file) => sum + statSync(`public/fonts/${file}`).size, 0);
  expect(bytes).toBeLessThan(200 * 1024);
});
