import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runPython, type Baseline } from '../../../baselines/baseline.ts';
import type { Finding } from '../../../model/report.ts';
import type { SpecChange } from '../hazards/edits.ts';
import { exclusionOf, inForm, type BuildForm } from '../hazards/in-form.ts';
import { remedyText } from '../hazards/in-words.ts';
import { joined } from '../hazards/joined.ts';
import { changeOf } from '../hazards/spec-change.ts';
import { buildCommands, type BuildCommand, type BuildSource } from './build-commands.ts';
import { settled, type OwnCode } from './own-code.ts';
import { takenOutBy } from './taken-out.ts';

const argument = z.object({ kind: z.enum(['list', 'variable', 'other']), source: z.string() });
const filter = z.object({ table: z.enum(['binaries', 'datas']), line: z.number(), source: z.string(), literals: z.array(z.string()) });
const told = z.object({
  plain: z.boolean(), arguments: z.record(z.string(), argument), imported: z.array(z.string()), filters: z.array(filter),
  excluded: z.array(z.string()),
});

type Told = Pick<Baseline, 'directory' | 'python' | 'manager' | 'entry'>;

/** How a command's spec file is written, or that it has none; undefined where the file cannot be read that way. */
export async function formOf({ spec, scripts }: BuildCommand, baseline: Told): Promise<BuildForm | undefined> {
  if (spec === undefined) return { kind: 'options', place: scripts[0] ?? 'source.build of the contract' };
  const program = fileURLToPath(new URL('./spec_form.py', import.meta.url));
  try {
    const { plain, ...form } = told.parse(JSON.parse(await runPython(baseline, [program, join(baseline.directory, spec)])));
    return plain ? { kind: 'spec', file: spec, ...form } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Findings whose remedy is a change of the build, in the words of this very build: what stands there can be pasted. Where nothing can be
 * told of the build they stay as they are.
 */
export async function inWordsOfBuild(
  findings: readonly Finding[], source: BuildSource & { readonly baseline: Baseline },
): Promise<Finding[]> {
  if (findings.every((finding) => changeOf(finding) === undefined)) return [...findings];
  const command = likeliest(source);
  const form = command && await formOf(command, source.baseline);
  if (command === undefined || form === undefined) return [...findings];
  const own = ownCodeIn(form, command, source.baseline);
  const named = form.kind === 'spec' ? findings.map((finding) => asExcluded(finding, form)) : findings;
  const changes = named.flatMap((finding): [Finding, SpecChange][] => {
    const change = changeOf(finding);
    return change === undefined ? [] : [[finding, settled(change, own)]];
  });
  const together = joined(new Map(changes), form);
  return named.map((finding) => {
    const [change, { change: whole = [], others = [] } = {}] = [changeOf(finding), together.get(finding)];
    const text = inForm(whole, form);
    if (change === undefined || text === undefined) return finding;
    const takenOut = form.kind === 'spec' ? takenOutBy(change, form.filters, form.file) : undefined;
    if (takenOut !== undefined) return { ...finding, remedy: takenOut, sure: 'to fill in' };
    const along = others.length === 0 ? '' : ` That is for ${others.join(' and ')} as well: paste it once.`;
    return { ...finding, remedy: withText(finding.remedy, remedyText(change), text) + along };
  });
}

/** A module that is missing because the spec file excludes it: to add it does not help then. */
function asExcluded(finding: Finding, { file, excluded }: Extract<BuildForm, { kind: 'spec' }>): Finding {
  const { hazard, args: { module }, cause } = finding;
  const exclusion = module === undefined || !['BC-02', 'BC-12'].includes(hazard) ? undefined : exclusionOf(module, excluded);
  if (exclusion === undefined) return finding;
  const known = { ...finding, hazard: 'BC-07', cause: `${cause} ${file} has '${exclusion}' in excludes=[…].` };
  const change = changeOf(known);
  return change === undefined ? finding : { ...known, remedy: `${remedyText(change)} and rebuild.` };
}

/** Where a project has its own code, as its build tells. */
export async function ownCodeOf(command: BuildCommand | undefined, baseline: Told): Promise<OwnCode> {
  return ownCodeIn(command && await formOf(command, baseline), command, baseline);
}

function ownCodeIn(form: BuildForm | undefined, command: BuildCommand | undefined, { directory, entry }: Told): OwnCode {
  const from = dirname(command?.spec ?? '');
  const [, script] = /^\[\s*["']([^"'\\]+)["']/.exec((form?.kind === 'spec' && form.arguments['scripts']?.source) || '') ?? [];
  const path = script === undefined ? entry : join(from, script);
  return { project: directory, entry, from, script: existsSync(join(directory, path)) ? path : entry };
}

/** After lines to be pasted a sentence goes on with a line of its own. */
function withText(remedy: string, generic: string, own: string): string {
  return (own.includes('\n') ? remedy.replace(`${generic} `, () => `${own}\n`) : remedy).replace(generic, () => own);
}

function likeliest(source: BuildSource): BuildCommand | undefined {
  try {
    return buildCommands(source)[0];
  } catch {
    return undefined;
  }
}
