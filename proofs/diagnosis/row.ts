import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../support/command.ts';
import { verify } from '../support/verification.ts';
import type { Built } from './build.ts';
import { judge, silence, type Asked, type Said, type Silent } from './judge.ts';

/** A line of the table. */
export type Row = {
  readonly name: string; readonly library?: string | undefined; readonly hazard: string; readonly question: boolean;
  readonly faulty: Said; readonly right: Silent; readonly tookSeconds: number;
};

const limitMs = 1_800_000;

async function inspected({ binary, project }: Built, signal: AbortSignal) {
  const words = ['--import', './harness/preload.js', join(root, 'harness/inspect.ts'), binary, '--baseline', project];
  const { code, stdout, stderr } = await run(process.execPath, words, { timeoutMs: limitMs, signal });
  return { code, text: `${stdout}\n${stderr}` };
}

/** What is said of both builds of a fault, by the commands as a user types them. */
export async function rowOf(
  asked: Asked & { readonly name: string; readonly library?: string | undefined }, { faulty, right }: Record<'faulty' | 'right', Built>,
  signal: AbortSignal,
): Promise<Row> {
  const { name, library, hazard, question } = asked;
  const [folder, startMs] = [await mkdtemp(join(tmpdir(), 'frostgate-diagnosis-')), performance.now()];
  const words = ({ binary, project }: Built, variant: string) => [
    '--binary', binary, '--baseline', project, '--profile', 'quick', '--report-dir', join(folder, variant),
  ];
  try {
    const found = await inspected(faulty, signal);
    const bad = judge(asked, found, (await verify([...words(faulty, 'faulty'), '--prove-remedy'], limitMs, signal)).report);
    const good = silence(await inspected(right, signal), (await verify(words(right, 'right'), limitMs, signal)).report);
    const tookSeconds = Math.round((performance.now() - startMs) / 1_000);
    return { name, ...(library !== undefined && { library }), hazard, question, faulty: bad, right: good, tookSeconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
