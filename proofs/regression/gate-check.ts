import { existsSync } from 'node:fs';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CouldNotJudge, messageOf, UsageError } from '../../harness/model/errors.ts';
import { referenceBinary } from '../../harness/run/reference.ts';
import { realText } from './real-text.ts';
import { realGates, type RealGate } from './real.ts';
import { selfTest } from './self-test.ts';
import { simulate } from './simulate.ts';
import { gatesCsv, markdownOf, releasesCsv } from './table-text.ts';
import { launchVersion } from './version-launch.ts';

// npm run gate-check -- [--binary FILE]                      is this machine fit: an executable against a copy of itself
// npm run gate-check -- --simulate [--gates N] [--seed S]    false alarms and power of the decision, by simulation
// npm run gate-check -- --real N [--burn] [--binary FILE]    false alarms of N whole verifications, where asked with every core in use
// Ends with 0, with 1 where the simulation finds something that is not as promised, 2 for wrong words, 3 where the machine is not fit,
// 130 after Ctrl-C.

type Asked = {
  readonly simulate: boolean; readonly gates: number; readonly seed: string; readonly binary: string; readonly real: number;
  readonly burn: boolean;
};

function readWords(args: string[]): Asked {
  try {
    const { values: { gates, real, ...rest } } = parseArgs({ args, options: {
      simulate: { type: 'boolean', default: false }, gates: { type: 'string', default: '4000' },
      real: { type: 'string', default: '0' }, burn: { type: 'boolean', default: false },
      seed: { type: 'string', default: 'frostgate' }, binary: { type: 'string', default: referenceBinary },
    } });
    if (!/^[1-9]\d{0,6}$/.test(gates)) throw new UsageError(`--gates ${gates}: give how many gates, for example 4000.`);
    if (!/^\d{1,3}$/.test(real)) throw new UsageError(`--real ${real}: give how many verifications, for example 30.`);
    return { ...rest, gates: Number(gates), real: Number(real) };
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

/** Writes the tables and what they are made from. @returns the exit code. */
async function simulated({ gates, seed }: Asked): Promise<number> {
  const result = simulate(gates, seed, (what) => process.stderr.write(`${what}\n`));
  const folder = resolve('reports/gate-check');
  await mkdir(folder, { recursive: true });
  const files = { 'simulated.md': markdownOf, 'simulated-gates.csv': gatesCsv, 'simulated-releases.csv': releasesCsv };
  for (const [name, textOf] of Object.entries(files)) await writeFile(join(folder, name), textOf(result));
  process.stdout.write(`${markdownOf(result)}\n${folder}\n`);
  return result.faults.length === 0 ? 0 : 1;
}

/** Writes each gate as soon as it is over, then tells of all. @returns the exit code: 1 where one of them was a false alarm. */
async function tried({ binary, real, burn }: Asked): Promise<number> {
  if (!existsSync(binary)) throw new UsageError(`--binary ${binary}: there is no such file. npm test builds the reference.`);
  const file = resolve('reports/gate-check', burn ? 'real-busy.jsonl' : 'real.jsonl');
  await mkdir(resolve('reports/gate-check'), { recursive: true });
  await rm(file, { force: true });
  const [gates, stopped]: [RealGate[], AbortController] = [[], new AbortController()];
  process.on('SIGINT', () => stopped.abort(new Interrupted(`stopped after ${gates.length} of ${real}: ${file}`)));
  await realGates(resolve(binary), { gates: real, burn, signal: stopped.signal }, async (gate) => {
    gates.push(gate);
    await appendFile(file, `${JSON.stringify(gate)}\n`);
    process.stderr.write(`gate ${gates.length} of ${real}: ${gate.decisions.map(({ answer }) => answer).join(' ') || gate.sentence}\n`);
  });
  process.stdout.write(`${realText(gates)}\n${file}\n`);
  return gates.some(({ decisions }) => decisions.some(({ answer }) => answer === 'fail')) ? 1 : 0;
}

/** Tells what each metric says of an executable against itself. @returns the exit code. */
async function tested({ binary }: Asked): Promise<number> {
  if (!existsSync(binary)) throw new UsageError(`--binary ${binary}: there is no such file. npm test builds the reference.`);
  const decisions = await selfTest(resolve(binary), launchVersion);
  const isFit = decisions.every(({ outcome }) => outcome === 'pass');
  const words = isFit ? 'This machine is fit' : 'This machine is not fit: a copy seems to differ, or noise hides whether it does';
  process.stdout.write(`${[...decisions.map(({ sentence }) => sentence), words].join('\n')}\n`);
  return isFit ? 0 : 3;
}

/** Somebody has pressed Ctrl-C. */
class Interrupted extends Error {}

try {
  const asked = readWords(process.argv.slice(2));
  const measure = asked.simulate ? simulated : asked.real > 0 ? tried : tested;
  process.exitCode = await measure(asked);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CouldNotJudge || error instanceof Interrupted)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : error instanceof Interrupted ? 130 : 3;
}
