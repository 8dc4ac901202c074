import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { asks } from '../../harness/model/sureness.ts';
import { allExpectations } from '../controls/all-expectations.ts';
import { root } from '../support/command.ts';
import { table } from './table.ts';

type Row = { readonly hazard: string; readonly remedy: string; readonly toFillIn?: true; readonly file: string };

const runtimes = join(root, 'harness/runtimes');
const files = [
  join(root, 'harness/judge/temporal-hazards.yaml'),
  ...['pyinstaller', 'node', 'nuitka'].flatMap((runtime) => (
    readdirSync(join(runtimes, runtime, 'hazards')).filter((name) => name.startsWith('in-logs')).map((name) => (
      join(runtimes, runtime, 'hazards', name)
    ))
  )),
];
const rows = files.flatMap((file) => parse(readFileSync(file, 'utf8')).map((row: Row) => ({ ...row, file })));

/** The hazards that a real build shows, beside one that differs from it in the remedy alone and is healthy. */
const shown = new Set([...allExpectations.flatMap(({ findings = [] }) => findings), ...table.map(({ hazard }) => hazard)]);

describe('a remedy that a log leads to', () => {
  test('is shown by a real build, is a change of the build, has places to fill in, or is a question', () => {
    expect(rows.length).toBeGreaterThan(60);
    const bold = rows.filter(({ hazard, remedy, toFillIn }: Row) => (
      !remedy.includes('{change}') && !asks(remedy) && toFillIn !== true && !shown.has(hazard)
    ));
    expect(bold.map(({ hazard, remedy }: Row) => `${hazard}: ${remedy}`)).toEqual([]);
  });

  test('has places to fill in where its row says so', () => {
    const whole = rows.filter(({ remedy, toFillIn }: Row) => toFillIn === true && !/…|<\w+>/.test(remedy));
    expect(whole.map(({ hazard }: Row) => hazard)).toEqual([]);
  });
});
