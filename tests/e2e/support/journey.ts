/**
 * What every journey shares: a page opened with the project's engine, and the promise that holds in all of them: no error in the
 * console and no request that leaves the page's origin.
 */
import { type BrowserContext, test as base, expect } from '@playwright/test';
import type { EngineKind } from '../../../src/engine/engine.ts';
import { Explore } from './explore.ts';

interface Journey {
  /** The engine that the project runs on: `webgpu` on a software adapter, or `cpu` in a browser without WebGPU. */
  readonly engine: EngineKind;
  readonly explore: Explore;
  /** Watches a context that the test made itself; the page's own is watched in any case. */
  readonly watch: (context: BrowserContext) => void;
}

export const test = base.extend<Journey>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  engine: async ({}, use, info) => {
    await use(info.project.name === 'webgpu' ? 'webgpu' : 'cpu');
  },
  watch: [
    async ({ context, baseURL }, use) => {
      const faults: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      const watch = (watched: BrowserContext) => {
        watched.on('console', (message) => {
          if (message.type() === 'error') faults.push(`console: ${message.text()}`);
        });
        watched.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`));
        watched.on('request', (request) => {
          const url = new URL(request.url());
          if (!['blob:', 'data:'].includes(url.protocol) && url.origin !== origin) faults.push(`request: ${url.href}`);
        });
      };
      watch(context);
      await use(watch);
      expect(faults, 'errors in the console, and requests that leave the origin').toEqual([]);
    },
    { auto: true },
  ],
  explore: async ({ page, engine }, use) => {
    await use(new Explore(page, engine));
  },
});

export { expect };
