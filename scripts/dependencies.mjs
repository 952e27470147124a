/**
 * The locked dependencies, installed when they are missing or out of date. Uses Node alone, so that it runs in a bare clone.
 * `node_modules/.convscope-lock` holds the hash of the lockfile that was installed last.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const minimumNode = [20, 19];

/** Ends the process with one sentence. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    fail(`ConvScope needs Node ${minimumNode.join('.')} or newer; this is ${process.versions.node}.`);
  }
}

/** Runs `npm ci` in `folder` unless the lockfile there is the one installed last. */
export function ensureDependencies(folder) {
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(folder, 'node_modules', '.convscope-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stdout.write('Installing the locked dependencies ...\n');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) fail('npm ci failed: see its message above. A connection to the npm registry is needed once.');
  writeFileSync(stamp, lock);
}
