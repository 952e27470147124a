/**
 * `npm start`: installs what is missing, builds, serves the page on loopback and prints its address last. `npm run dev` is the same
 * with hot reload. PORT chooses the port (4173 unless set); a taken one gives way to the next free one.
 */
import { spawn } from 'node:child_process';
import { createServer as createTcpServer } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, fail, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const host = '127.0.0.1';
const portsTried = 20;

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createTcpServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function choosePort() {
  const wanted = process.env.PORT === undefined || process.env.PORT === '' ? 4173 : Number(process.env.PORT);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535)
    fail(`PORT must be a number from 1 to 65535, not "${process.env.PORT}".`);
  for (let port = wanted; port < Math.min(wanted + portsTried, 65536); port++) {
    if (await isFree(port)) {
      if (port !== wanted) process.stdout.write(`Port ${wanted} is taken; using ${port}.\n`);
      return port;
    }
  }
  fail(`Ports ${wanted} to ${wanted + portsTried - 1} are all taken: set PORT to a free one.`);
}

function openInBrowser(url) {
  if (process.env.BROWSER === 'none' || process.env.CI) return;
  const [command, ...parameters] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
  // No desktop: the address is printed, which is enough.
  child.once('error', () => {});
  child.unref();
}

requireNode();
ensureDependencies(root);
const vite = await import('vite');
const port = await choosePort();
let server;
if (process.argv.includes('--dev')) {
  server = await vite.createServer({ root, logLevel: 'warn', server: { host, port, strictPort: true, open: false } });
  await server.listen();
} else {
  await vite.build({ root, logLevel: 'warn' });
  server = await vite.preview({ root, logLevel: 'warn', preview: { host, port, strictPort: true, open: false } });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close().finally(() => process.exit(0));
  });
}
// npm does not hand SIGTERM on to its script: a server whose npm is gone would serve for ever.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1000).unref();
const url = `http://localhost:${port}/`;
openInBrowser(url);
process.stdout.write(`${url}\n`);
