import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { environment, root } from '../support/command.ts';
import type { Place } from './place.ts';

/** A program of another project, strictly typed: it compiles only when the package's types say what its modules do. */
const source = `
import { gateSchema, reportSchema, type Gate, type Report } from 'frostgate';

export function told(reportJson: string, gateJson: string): string {
  const report: Report = reportSchema.parse(JSON.parse(reportJson));
  const outcome: 'pass' | 'fail' | 'inconclusive' = report.verdict.outcome;
  const gate: Gate = gateSchema.parse(JSON.parse(gateJson));
  const blocks: string[] = gate.blocks.map((block) => block.sentence);
  // @ts-expect-error a report has no such key: the types of the package are not any
  void report.verdicts;
  return [outcome, report.checks.length, gate.verdict.outcome, blocks.length].join(' ');
}
`;

/** The declarations of the package are checked too. */
const config = {
  compilerOptions: { strict: true, module: 'nodenext', target: 'es2023', types: [], noEmitOnError: true, skipLibCheck: false },
  files: ['consumer.mts'],
};

/** Runs the program on two files, given as its arguments, and looks for the published JSON Schemas. */
const runner = `
import { readFileSync } from 'node:fs';
import { told } from './consumer.mjs';
for (const name of ['report', 'gate', 'worker-contract']) {
  JSON.parse(readFileSync(new URL(import.meta.resolve(\`frostgate/\${name}.schema.json\`)), 'utf8'));
}
process.stdout.write(told(...process.argv.slice(2).map((file) => readFileSync(file, 'utf8'))));
`;

/** Compiles the program with this repository's TypeScript; returns the compiler's complaints, or nothing. */
export async function compileConsumer({ project, node24 }: Place): Promise<string> {
  await writeFile(join(project, 'consumer.mts'), source);
  await writeFile(join(project, 'run.mjs'), runner);
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = await execa(
    join(root, 'node_modules/.bin/tsc'), ['-p', project], { env: environment(node24), reject: false, stdin: 'ignore' },
  );
  return stdout;
}

/** What the compiled program says about a report.json and a gate.json, with the `node` of that folder. */
export async function runConsumer({ project }: Place, node: string, files: readonly string[]): Promise<string> {
  const { stdout } = await execa(join(node, 'node'), ['run.mjs', ...files], { cwd: project, stdin: 'ignore' });
  return stdout;
}
