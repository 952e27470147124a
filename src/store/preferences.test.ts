import { describe, expect, it } from 'vitest';
import { addressPage, createPreferencesStore, firstLanguage } from './preferences.ts';

function memoryStorage(first: Readonly<Record<string, string>> = {}) {
  const items = new Map(Object.entries(first));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe('preferences', () => {
  it('begin with the first language of the browser that is ours', () => {
    expect(firstLanguage(['ko-KR', 'en'])).toBe('ko');
    expect(firstLanguage(['fr', 'de-AT', 'KO'])).toBe('ko');
    expect(firstLanguage(['en-GB', 'ko'])).toBe('en');
    expect(firstLanguage(['fr'])).toBe('en');
    expect(firstLanguage([])).toBe('en');
  });

  it('follow the system and choose the engine themselves at first', () => {
    const { theme, engine } = createPreferencesStore({ storage: memoryStorage(), languages: [] }).getState();
    expect({ theme, engine }).toEqual({ theme: 'system', engine: 'auto' });
  });

  it('are kept for the next visit', () => {
    const storage = memoryStorage();
    const store = createPreferencesStore({ storage, languages: ['en'] });
    store.getState().setLanguage('ko');
    store.getState().setTheme('dark');
    store.getState().setEngine('cpu');
    store.getState().setPrecision('fast');
    store.getState().setMapLimit('1024');
    expect(createPreferencesStore({ storage, languages: ['en'] }).getState()).toMatchObject({
      language: 'ko',
      theme: 'dark',
      engine: 'cpu',
      precision: 'fast',
      mapLimit: '1024',
    });
  });

  it('stand on nothing that storage holds: garbage and unknown values are the default', () => {
    for (const garbage of ['{', '7', '{"language":"tlh","theme":3,"engine":null}']) {
      const storage = memoryStorage({ 'convscope.preferences': garbage });
      expect(createPreferencesStore({ storage, languages: ['ko'] }).getState()).toMatchObject({
        language: 'ko',
        theme: 'system',
        engine: 'auto',
        precision: 'exact',
        mapLimit: '256',
      });
    }
  });

  it('hold without storage until the page is closed', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    for (const storage of [null, full]) {
      const store = createPreferencesStore({ storage, languages: ['en'] });
      store.getState().setTheme('light');
      expect(store.getState().theme).toBe('light');
    }
  });
});

describe('the preferences of an address', () => {
  it('are those that it names; what it names wrongly or not at all follows the browser', () => {
    const of = (search: string) => createPreferencesStore(addressPage(search, ['ko-KR'])).getState();
    expect(of('?theme=dark&lang=en&engine=cpu')).toMatchObject({ theme: 'dark', language: 'en', engine: 'cpu' });
    expect(of('?theme=pink&lang=xx')).toMatchObject({ theme: 'system', language: 'ko', engine: 'auto' });
  });
});
