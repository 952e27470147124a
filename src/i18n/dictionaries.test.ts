import { describe, expect, test } from 'vitest';
import { channels as enChannels } from './en/channels.ts';
import { code as enCode } from './en/code.ts';
import { compare as enCompare } from './en/compare.ts';
import { engine as enEngine } from './en/engine.ts';
import { help as enHelp } from './en/help.ts';
import { en as enFirst } from './en/index.ts';
import { kinds as enKinds } from './en/kinds/index.ts';
import { learn as enLearn } from './en/learn/index.ts';
import { loss as enLoss } from './en/loss.ts';
import { network as enNetwork } from './en/network.ts';
import { problems as enProblems } from './en/problems.ts';
import { channels as koChannels } from './ko/channels.ts';
import { code as koCode } from './ko/code.ts';
import { compare as koCompare } from './ko/compare.ts';
import { engine as koEngine } from './ko/engine.ts';
import { help as koHelp } from './ko/help.ts';
import { ko as koFirst } from './ko/index.ts';
import { kinds as koKinds } from './ko/kinds/index.ts';
import { learn as koLearn } from './ko/learn/index.ts';
import { loss as koLoss } from './ko/loss.ts';
import { network as koNetwork } from './ko/network.ts';
import { problems as koProblems } from './ko/problems.ts';

const en = {
  ...enFirst,
  channels: enChannels,
  code: enCode,
  compare: enCompare,
  engine: enEngine,
  help: enHelp,
  kinds: enKinds,
  learn: enLearn,
  loss: enLoss,
  network: enNetwork,
  problems: enProblems,
};
const ko = {
  ...koFirst,
  channels: koChannels,
  code: koCode,
  compare: koCompare,
  engine: koEngine,
  help: koHelp,
  kinds: koKinds,
  learn: koLearn,
  loss: koLoss,
  network: koNetwork,
  problems: koProblems,
};

/** Every sentence by its key, with the names of what is put into it. */
function sentences(dictionary: object, prefix = ''): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(dictionary) as [string, string | object][]) {
    const path = `${prefix}${key}`;
    if (typeof value !== 'string') for (const entry of sentences(value, `${path}.`)) found.set(...entry);
    else found.set(path, [...value.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort());
  }
  return found;
}

describe('the two dictionaries', () => {
  const english = sentences(en);
  const korean = sentences(ko);

  test('hold the same sentences; singulars are English alone', () => {
    const needed = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...korean.keys()].sort()).toEqual(needed.sort());
  });

  test('put nothing into a Korean sentence that the English one does not name', () => {
    for (const [key, names] of korean) {
      expect({ key, names: names.filter((name) => !english.get(key)?.includes(name)) }).toEqual({ key, names: [] });
    }
  });

  test('leave no sentence empty', () => {
    const all = [...Object.entries({ en, ko })].flatMap(([language, dictionary]) =>
      JSON.stringify(dictionary).includes('""') ? [language] : [],
    );
    expect(all).toEqual([]);
  });
});
