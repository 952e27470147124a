/** Journeys end to end: the built page, in Chromium with WebGPU (on a software adapter) and without. */
import { defineConfig } from '@playwright/test';
import { findChromium, swiftShaderFlags, withoutWebGpuFlags } from './scripts/chromium.mjs';

const port = Number(process.env.CONVSCOPE_E2E_PORT ?? 4175);
const executablePath = findChromium() ?? '';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    serviceWorkers: 'block',
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
  projects: [
    // What belongs to the page whatever computes (tag @page, and accessibility) is shown once, on the engine that starts sooner.
    {
      name: 'webgpu',
      testIgnore: '**/accessibility.spec.ts',
      grepInvert: /@page/,
      use: { launchOptions: { executablePath, args: swiftShaderFlags } },
    },
    { name: 'cpu', use: { launchOptions: { executablePath, args: withoutWebGpuFlags } } },
  ],
});
