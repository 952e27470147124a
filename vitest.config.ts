/** Two suites: `unit` in Node, `browser` in a real Chromium with WebGPU on a software adapter. */
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './scripts/assemblyScript.mjs';
import { findChromium, swiftShaderFlags } from './scripts/chromium.mjs';

const browserTests = ['src/**/*.gpu.test.ts', 'src/**/*.browser.test.{ts,tsx}'];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [assemblyScript()],
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.ts'],
          exclude: browserTests,
          environment: 'node',
          testTimeout: 60_000,
        },
      },
      {
        plugins: [react(), assemblyScript()],
        test: {
          name: 'browser',
          include: browserTests,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium() ?? '', args: swiftShaderFlags } }),
            instances: [{ browser: 'chromium', viewport: { width: 1280, height: 800 } }],
          },
        },
      },
    ],
  },
});
