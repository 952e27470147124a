/** `npm run bench -- growth`: exponents of our time against pixels, channels and kernel, over the number of multiply-adds. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { measureInPage } from './browser.mjs';
import { oneOf, readOptions, say, wholeNumber } from './options.mjs';

export async function growth(args) {
  const options = readOptions(args, {
    adapter: { type: 'string' },
    json: { type: 'string' },
    clock: { type: 'string', default: 'wall' },
    rounds: { type: 'string', default: '5' },
  });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'default']);
  const clock = oneOf('clock', options.clock, ['wall', 'cpu']);
  const rounds = { count: wholeNumber('rounds', options.rounds), turn: 60 };
  const report = await measureInPage(options.adapter, 'growth', { rounds, clock }, (device) =>
    say(`${device}; milliseconds per run, exponent of time against multiply-adds (wanted: 0.9 to 1.1)`),
  );
  for (const { name, points, exponent, holds } of report) {
    const times = points.map(({ size, ms }) => `${size}: ${ms.toPrecision(3)}`).join(', ');
    say(`${name.padEnd(10)} ${exponent.toFixed(2)} ${holds ? 'holds' : 'does not hold'}   (${times})`);
  }
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(report, null, 2)}\n`);
}
