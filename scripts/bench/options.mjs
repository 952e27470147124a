/** What the benchmark's commands share in reading what was asked for; what is not understood ends with one sentence. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fail } from '../dependencies.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const folder = join(root, 'bench');

export function readOptions(args, options) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}

export function readJson(path) {
  try {
    return JSON.parse(readFileSync(resolve(path), 'utf8'));
  } catch (error) {
    return fail(`The workload file ${path} cannot be read: ${error.message}`);
  }
}

export function oneOf(what, value, known) {
  if (!known.includes(value)) fail(`There is no ${what} "${value}": it is one of ${known.join(', ')}.`);
  return value;
}

export function wholeNumber(what, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) fail(`--${what} takes a whole number of at least 1, not "${text}".`);
  return value;
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}
