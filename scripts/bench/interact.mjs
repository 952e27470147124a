/** `npm run bench -- interact`: JavaScript time, allocations and compilations per slider step. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { measureInPage } from './browser.mjs';
import { oneOf, readOptions, say } from './options.mjs';

export async function interact(args) {
  const options = readOptions(args, { adapter: { type: 'string' }, json: { type: 'string' } });
  if (options.adapter !== undefined) oneOf('adapter', options.adapter, ['swiftshader', 'default']);
  let device = '';
  const report = await measureInPage(options.adapter, 'interact', null, (name) => {
    device = name;
  });
  const { steps, medianMs, p95Ms, firstPassMedianMs, allocations, compilations } = report;
  say(`${device}; ${steps} slider steps on 3 x 256 x 256, 16 maps`);
  say(
    `JavaScript per step: median ${medianMs.toFixed(2)} ms, 95 % below ${p95Ms.toFixed(2)} ms (first visits: median ${firstPassMedianMs.toFixed(2)} ms)`,
  );
  say(`made on positions visited before: ${allocations} allocations, ${compilations} compilations`);
  if (options.json) writeFileSync(resolve(options.json), `${JSON.stringify(report, null, 2)}\n`);
}
