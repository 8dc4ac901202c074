import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeOf, nameOf } from './makes.ts';
import { knobsIn } from './help-names.ts';
import { merged } from './knobs.ts';
import { filesIn } from './source-files.ts';
import { namesIn } from './source-names.ts';

function project(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-names-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

test('variables and flags of Go with their defaults; not of tests, of what is vendored, or of every process', async () => {
  const folder = project({
    'go.mod': 'module example.com/shop/orders\n',
    'main.go': 'q := flag.String("task-queue", "orders", "what is polled")\nk := os.Getenv("STRIPE_API_KEY")\n' +
      'a := get("LOG_LEVEL", "info")\n',
    'main_test.go': 'os.Setenv("ONLY_IN_TESTS", "1")', 'vendor/x/x.go': 'os.Getenv("OF_OTHERS")',
  });
  expect(await makeOf(folder)).toBe('go');
  expect(nameOf(folder, 'go')).toBe('orders');
  expect(namesIn(filesIn(folder))).toEqual([
    { name: 'STRIPE_API_KEY', required: false, secret: true }, { name: 'LOG_LEVEL', required: false, secret: false, default: 'info' },
    { name: '--task-queue', required: false, secret: false, default: 'orders' },
  ]);
});

test('variables of Node: properties of process.env, in quotes, with what stands behind ??', async () => {
  const folder = project({
    'package.json': '{ "name": "@shop/mailer", "version": "1.0.0" }', 'node_modules/x/x.js': "process.env.OF_OTHERS",
    'src/main.ts': "const a = process.env.TASK_QUEUE ?? 'mail';\nconst b = env['SMTP_URL'] ?? 'smtp://localhost';\n",
  });
  expect(await makeOf(folder)).toBe('node');
  expect(nameOf(folder, 'node')).toBe('mailer');
  expect(namesIn(filesIn(folder)).map(({ name, default: preset }) => [name, preset])).toEqual([
    ['SMTP_URL', 'smtp://localhost'], ['TASK_QUEUE', 'mail'],
  ]);
});

test('variables of Python as they are asked for, also where that comes late', () => {
  const folder = project({
    'main.py': 'import os\nqueue = os.environ["QUEUE"]\nSOME_NAME = "NOT_ONE"\n', 'tests/test_x.py': 'os.environ["ONLY_IN_TESTS"]',
    'app/late.py': "style = os.environ.get('BASKET_STYLE', 'plain')\nlevel = getenv(\"LEVEL\")\n" +
      "wrap = os.environ.get('WRAP') or 'ribbon'\nboth = os.environ.get('GIFT') or os.environ['LEVEL']\n",
  });
  expect(namesIn(filesIn(folder)).map(({ name, default: preset }) => [name, preset]).toSorted()).toEqual([
    ['BASKET_STYLE', 'plain'], ['GIFT', undefined], ['LEVEL', undefined], ['QUEUE', undefined], ['WRAP', 'ribbon'],
  ]);
});

test('what a help names: variables, and flags that take a value', () => {
  const help = 'usage: worker --task-queue QUEUE [--address <host:port>] [--verbose]\nReads TEMPORAL_ADDRESS and API_KEY.';
  expect(knobsIn(help).map(({ name, secret }) => [name, secret])).toEqual([
    ['TEMPORAL_ADDRESS', false], ['API_KEY', true], ['--task-queue', false], ['--address', false],
  ]);
});

test('a default of Python counts where every place that asks has it', () => {
  const folder = project({
    'api.py': 'os.getenv("GOAL", "one")\nos.getenv("QUEUE", "orders")',
    'worker.py': 'os.getenv("GOAL")\nos.environ.get("QUEUE") or "orders"',
  });
  expect(namesIn(filesIn(folder)).map(({ name, default: preset }) => [name, preset])).toEqual([['GOAL', undefined], ['QUEUE', 'orders']]);
});

test('what own code asks for is its own, although a library asked before', () => {
  const key = { name: 'SOME_API_KEY', required: false, secret: true };
  expect(merged([{ ...key, library: 'sdk' }, key])).toEqual([{ ...key, library: undefined }]);
  expect(merged([{ ...key, library: 'sdk' }, { ...key, library: 'other' }])).toMatchObject([{ library: 'sdk' }]);
});
