/**
 * The browser that tests and benchmarks drive: found, never downloaded by a test tool. On Debian and Ubuntu as root it is installed
 * from the distribution's packages. Also the one list of flags under which WebGPU runs without a GPU.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail } from './dependencies.mjs';

/** WebGPU with a visible canvas, headless, on the CPU (SwiftShader). */
export const swiftShaderFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-gl=angle',
  '--use-angle=vulkan',
  '--ignore-gpu-blocklist',
  '--disable-gpu-rasterization',
  '--disable-accelerated-2d-canvas',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** A Chromium in which `navigator.gpu` gives no adapter: the page must work on the CPU engine. */
export const withoutWebGpuFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-features=WebGPU,WebGPUService',
  '--disable-background-networking',
  '--no-first-run',
];

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium, or null. CONVSCOPE_CHROMIUM and CHROME_PATH come before the usual places and PATH. */
export function findChromium() {
  const named = [process.env.CONVSCOPE_CHROMIUM, process.env.CHROME_PATH].filter(Boolean);
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)));
  return [...named, ...usualPlaces, ...onPath].find(isExecutable) ?? null;
}

function isDebianAsRoot() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptInstall(packages) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  if (spawnSync('apt-get', ['update', '-qq'], options).status !== 0) return;
  spawnSync('apt-get', ['install', '-y', '-qq', ...packages], options);
}

/** Path of a Chromium, installing it where that is possible; else ends with one sentence. */
export function ensureChromium() {
  const hasVulkan = () =>
    [
      '/usr/lib/x86_64-linux-gnu/libvulkan.so.1',
      '/usr/lib/aarch64-linux-gnu/libvulkan.so.1',
      '/usr/lib64/libvulkan.so.1',
    ].some(existsSync);
  if (isDebianAsRoot() && (!findChromium() || !hasVulkan())) {
    process.stdout.write('Installing chromium and the Vulkan loader ...\n');
    aptInstall(['chromium', 'libvulkan1']);
  }
  return (
    findChromium() ??
    fail(
      'The tests need Chromium: install the packages chromium and libvulkan1 (or Google Chrome), or set CONVSCOPE_CHROMIUM to its path.',
    )
  );
}
