/**
 * `npm test`: everything there is to check, in one run on a bare machine. Ends with `N passed, N failed` over all suites, after the
 * ten slowest tests. `npm run check` (`--static`) is the part that takes seconds. A suite's name chooses it: `npm test -- unit e2e`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensureDependencies, requireNode } from './dependencies.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = join(root, 'test-results');

/** Runs a program, by its path or of node_modules/.bin; its output is the person's. Gives the exit status. */
function run(command, parameters, environment = {}) {
  return new Promise((resolve) => {
    const program = isAbsolute(command) ? command : join(root, 'node_modules', '.bin', command);
    const child = spawn(program, parameters, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
      shell: process.platform === 'win32',
    });
    child.once('error', () => resolve(1));
    child.once('close', (status) => resolve(status ?? 1));
  });
}

/** A check that passes or fails as a whole counts as one test. */
function check(name, command, parameters) {
  return async () => {
    const started = performance.now();
    const passed = (await run(command, parameters)) === 0;
    return [{ name, passed, ms: performance.now() - started }];
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** The tests of a suite, or one failed test named after the suite where it left no report or failed outside of any test. */
function verdict(suite, status, tests) {
  const broken = tests.length === 0 || (status !== 0 && tests.every((test) => test.passed));
  return broken
    ? [...tests, { name: `${suite} (the suite itself, exit status ${status})`, passed: false, ms: 0 }]
    : tests;
}

function vitest(project) {
  return async () => {
    const path = join(reports, `${project}.json`);
    const status = await run('vitest', [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${path}`,
    ]);
    const tests = (readReport(path)?.testResults ?? []).flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'passed' || test.status === 'failed')
        .map((test) => ({
          name: `${project}: ${test.fullName}`,
          passed: test.status === 'passed',
          ms: test.duration ?? 0,
        })),
    );
    return verdict(project, status, tests);
  };
}

function playwrightTests(suite) {
  return (suite.suites ?? []).flatMap(playwrightTests).concat(
    (suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status !== 'skipped')
        .map((test) => ({
          name: `e2e (${test.projectName}): ${spec.title}`,
          passed: test.status === 'expected',
          ms: test.results.reduce((sum, result) => sum + result.duration, 0),
        })),
    ),
  );
}

async function endToEnd() {
  const path = join(reports, 'e2e.json');
  const status = await run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: path });
  return verdict('e2e', status, playwrightTests(readReport(path) ?? {}));
}

/** ONNX's own test cases, which are not part of the repository; CONVSCOPE_TEST_DATA names the folder that holds them. */
async function conformance() {
  const data = process.env.CONVSCOPE_TEST_DATA ?? join(root, '..', 'shared', 'test-only');
  const folder = join(data, 'conformance');
  if (!existsSync(folder)) {
    process.stdout.write(
      `There are no ONNX test cases in ${folder}: skipped (CONVSCOPE_TEST_DATA names another place).\n`,
    );
    return [];
  }
  const path = join(reports, 'conformance.json');
  const status = await run(process.execPath, [join(root, 'scripts', 'conformance.mjs'), folder, '--json', path]);
  const tests = (readReport(path) ?? []).filter((test) => test.status !== 'skipped');
  return verdict(
    'conformance',
    status,
    tests.map((test) => ({ name: `conformance: ${test.name}`, passed: test.status === 'passed', ms: test.ms })),
  );
}

/** In the order of their running; `isStatic` needs neither a browser nor a build of its own. */
const suites = [
  { name: 'format', isStatic: true, run: check('format and lint', 'biome', ['check', '--error-on-warnings', '.']) },
  { name: 'types', isStatic: true, run: check('types', 'tsc', ['--noEmit', '-p', '.']) },
  {
    name: 'layers',
    isStatic: true,
    run: check('layer rules', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src']),
  },
  { name: 'dead', isStatic: true, run: check('dead code', 'knip', ['--no-progress']) },
  { name: 'build', isStatic: false, run: check('build', 'vite', ['build', '--logLevel', 'warn']) },
  { name: 'size', isStatic: false, run: check('size of the first load', 'size-limit', []) },
  { name: 'unit', isStatic: false, run: vitest('unit') },
  { name: 'browser', isStatic: false, run: vitest('browser') },
  { name: 'conformance', isStatic: false, run: conformance },
  { name: 'e2e', isStatic: false, run: endToEnd },
];

requireNode();
ensureDependencies(root);
const words = process.argv.slice(2);
const wanted = suites.filter((suite) =>
  words.includes('--static') ? suite.isStatic : words.length === 0 || words.includes(suite.name),
);
if (wanted.length === 0) {
  process.stderr.write(`No suite of that name: there are ${suites.map((suite) => suite.name).join(', ')}.\n`);
  process.exit(2);
}
if (wanted.some((suite) => ['browser', 'conformance', 'e2e'].includes(suite.name)))
  process.env.CONVSCOPE_CHROMIUM = ensureChromium();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const tests = [];
for (const suite of wanted) {
  process.stdout.write(`\n── ${suite.name}\n`);
  const results = await suite.run();
  tests.push(...results);
  process.stdout.write(
    `── ${suite.name}: ${results.filter((test) => test.passed).length} passed, ${results.filter((test) => !test.passed).length} failed\n`,
  );
}

process.stdout.write('\nThe ten slowest:\n');
for (const test of [...tests].sort((a, b) => b.ms - a.ms).slice(0, 10)) {
  process.stdout.write(`  ${(test.ms / 1000).toFixed(1).padStart(6)} s  ${test.name}\n`);
}
const failed = tests.filter((test) => !test.passed);
if (failed.length > 0) process.stdout.write('\nFailed:\n');
for (const test of failed) process.stdout.write(`  ${test.name}\n`);
process.stdout.write(`\n${tests.length - failed.length} passed, ${failed.length} failed\n`);
process.exit(failed.length === 0 ? 0 : 1);
