/**
 * `npm run bench -- teach`: trains the network that Train begins with on Fashion-MNIST, with its defaults, until it is right on enough of
 * the 1,000 test images.
 *   --engine NAME    webgpu (the rule) or cpu, which is a processor's threads
 *   --adapter NAME   default: the machine's GPU; swiftshader. Without it the machine's GPU, else SwiftShader
 *   --target SHARE   of right answers (0.8)
 *   --limit SECONDS  of training (3600)
 *   --json OUT       writes what was measured: device, batch, parameters, macsOfStep, hasReached, rows (step, seconds, loss, accuracy, error)
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '../dependencies.mjs';
import { measureInPage } from './browser.mjs';
import { oneOf, readOptions, say, wholeNumber } from './options.mjs';

export async function teach(args) {
  const options = readOptions(args, {
    adapter: { type: 'string' },
    engine: { type: 'string', default: 'webgpu' },
    target: { type: 'string', default: '0.8' },
    limit: { type: 'string', default: '3600' },
    json: { type: 'string' },
  });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'default']);
  const engine = oneOf('engine', options.engine, ['webgpu', 'cpu']);
  const target = Number(options.target);
  if (!(target > 0 && target <= 1)) fail(`--target takes a share between 0 and 1, not "${options.target}".`);
  const limit = wholeNumber('limit', options.limit);
  const taught = await measureInPage(options.adapter, 'teach', { engine, target, limit }, () => {
    const heads = ['step', 'seconds', 'loss', 'test accuracy'];
    say(heads.map((head, i) => head.padStart([6, 10, 9, 16][i])).join(''));
  });
  const { device, batch, parameters, macsOfStep, rows, hasReached } = taught;
  const gmacs = (macsOfStep / 1e9).toFixed(2);
  say(
    `${device}; ${parameters} parameters, batches of ${batch}, ${gmacs} G multiply-adds for a step and its gradients`,
  );
  const { step, seconds } = rows.at(-1);
  const percent = `${Math.round(100 * target)} %`;
  say(
    hasReached
      ? `${percent} after ${step} steps, ${seconds.toFixed(1)} s`
      : `${percent} was not reached in ${step} steps`,
  );
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(taught, null, 2)}\n`);
}
