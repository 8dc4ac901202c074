import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding, Proof, Report } from '../model/report.ts';
import { shortLine } from '../model/text.ts';
import { ownCodeOf } from '../runtimes/pyinstaller/rebuild/build-form.ts';
import { comeOfChecks } from './come-of-checks.ts';
import type { SpecChange } from '../runtimes/pyinstaller/hazards/edits.ts';
import { changeOf } from '../runtimes/pyinstaller/hazards/spec-change.ts';
import { settled } from '../runtimes/pyinstaller/rebuild/own-code.ts';
import { furtherDefects, judgeProof, passes, stillShared } from './judge-proof.ts';
import { prepare, type Project } from './copy-project.ts';
import { jointRemedy, remediesOf, tellsNothingAlone, type Remedy } from './remedies.ts';
import { proofOf, tryChange, type Bench, type Tried } from './try-change.ts';

/** Each is a build and a verification, minutes long; a log that names a hundred modules must not cost hours. */
const mostTries = 8;

/** A change that brings out a further defect is tried once more with the change for that. */
const mostRounds = 3;

export type Task = Project & Omit<Bench, 'workshop' | 'changeFor'>;

type Proofs = Map<Finding, Proof>;
type Trials = Map<Remedy, Tried>;
type Repaired = Report['repaired'];

/** All that is proved, beside the report. */
export const patchFile = 'remedies.patch';

/**
 * Tries the remedies of the findings that explain a failed check and whose remedy is a change of the spec: for each change the project's
 * copy is built with it and what it should mend is verified again; at last, where two defects hide behind one check, with all
 * changes together. Returns the findings with what came of it, and what all that is proved does to all that failed; that stands in a patch
 * beside the report, too. The user's own folders stay as they are.
 */
export async function proveRemedies(task: Task): Promise<{ readonly findings: Finding[]; readonly repaired: Repaired }> {
  const remedies = remediesOf(task.findings, changeOf);
  const proofs: Proofs = new Map();
  if (remedies.length === 0) task.say('no finding of this run has a remedy that can be tried');
  const repaired = remedies.length === 0 ? undefined : await prove(task, proofs);
  const findings = task.findings.map((finding): Finding => {
    const proof = proofs.get(finding);
    if (proof === undefined) return finding;
    const { sure, ...rest } = finding;
    // Of what was tried and has not helped enough nobody is sure any more.
    const left = proof.outcome === 'proved' ? 'proved' as const : proof.outcome === 'not tried' ? sure : undefined;
    return { ...rest, ...(left && { sure: left }), proof };
  });
  return { findings, repaired };
}

async function prove(task: Task, proofs: Proofs): Promise<Repaired> {
  const notYet = (proof: Proof): void => {
    const tryable = task.findings.filter((finding) => finding.explains.length > 0 && changeOf(finding) !== undefined);
    for (const finding of tryable) if (!proofs.has(finding)) proofs.set(finding, proof);
  };
  try {
    const workshop = await prepare(task);
    const own = await ownCodeOf(workshop.commands[0], task.baseline);
    const changeFor = (finding: Finding) => {
      const change = changeOf(finding);
      return change && settled(change, own);
    };
    const bench: Bench = { ...task, workshop, changeFor };
    const remedies = remediesOf(task.findings, changeFor);
    const tries: Trials = new Map();
    const leftRed = await tryEachAlone(remedies, bench, proofs, tries);
    const together = jointRemedy(leftRed, task.findings);
    if (together !== undefined) tries.set(together, await tryTogether(together, bench, proofs));
    notYet({ outcome: 'not tried', sentence: 'its checks fail for another defect too, whose change could not be tried' });
    return await repairedBy(remedies, bench, proofs, tries);
  } catch (error) {
    notYet(proofOf(error));
    return undefined;
  }
}

/** What all that was proved does to all that failed; a try that had all of it is not made again. */
async function repairedBy(remedies: readonly Remedy[], bench: Bench, proofs: Proofs, tries: Trials): Promise<Repaired> {
  const isProved = ({ findings }: Remedy) => findings.some((finding) => proofs.get(finding)?.outcome === 'proved');
  const proved = remedies.filter(isProved);
  if (proved.length === 0) return undefined;
  const further = [...tries.values()].flatMap((tried) => ('result' in tried ? tried.result.further ?? [] : []));
  const changes = [...proved.map(({ change }) => change), ...further.map((finding) => bench.changeFor(finding) ?? [])].flat();
  const once = new Map(changes.map((edit) => [JSON.stringify(edit), edit]));
  const all = { change: [...once.values()], findings: proved.flatMap(({ findings }) => findings) };
  const made = [...tries].find(([{ findings }, tried]) => 'result' in tried && all.findings.length === findings.length &&
    all.findings.every((finding) => findings.includes(finding)) &&
    bench.failed.every(({ area }) => tried.result.after.checks.some((check) => check.area === area)));
  const tried = made?.[1] ?? await tryChange(all.change, all.findings, 'all-that-is-proved', bench, true);
  if (!('result' in tried)) return undefined;
  const { after, built: { command, patch } } = tried.result;
  if (patch !== undefined) writeFileSync(join(dirname(bench.evidenceFolder), patchFile), patch);
  return {
    command: shortLine(command, 200), ...(patch !== undefined && { patch: patchFile }),
    checks: comeOfChecks(bench.failed, bench.findings, after),
  };
}

/** Returns what is left for a try together: for each remedy the checks that stayed red because of another defect. */
async function tryEachAlone(
  remedies: readonly Remedy[], bench: Bench, proofs: Proofs, tries: Trials,
): Promise<Map<Remedy, readonly string[]>> {
  const leftRed = new Map<Remedy, readonly string[]>();
  const mended = new Map<string, string>();
  for (const [index, remedy] of remedies.entries()) {
    if (index >= mostTries) {
      note(proofs, remedy, bench, () => ({ outcome: 'not tried', sentence: `a run tries ${mostTries} changes; mend the others first` }));
    } else if (tellsNothingAlone(remedy, remedies, bench.findings)) {
      leftRed.set(remedy, remedy.findings.flatMap(({ explains }) => explains));
    } else {
      const tried = await tryOnward(remedy, nameOf(remedy, index), bench, remedies.length === 1);
      tries.set(remedy, tried);
      note(proofs, remedy, bench, (finding) => ('result' in tried ? judgeProof(finding, tried.result) : tried.proof));
      if (!('result' in tried)) continue;
      leftRed.set(remedy, remedy.findings.flatMap((finding) => stillShared(finding, tried.result)));
      for (const { hazard, explains } of remedy.findings) {
        for (const id of explains) if (passes(tried.result.after, id)) mended.set(id, hazard);
      }
    }
  }
  // Of two findings with the same checks one may be a mere consequence of the other.
  for (const [remedy, red] of leftRed) {
    const [first = ''] = red;
    const needless = red.every((id) => mended.has(id)) && !remedy.findings.some((finding) => proofs.has(finding));
    if (needless) note(proofs, remedy, bench, () => ({ outcome: 'not tried', sentence: `${first} passes with the change for ` +
      `${mended.get(first)} alone` }));
    leftRed.set(remedy, red.filter((id) => !mended.has(id)));
  }
  return leftRed;
}

/** Tries a change, and where that brings out a further defect whose remedy is a change too, both: one rebuild then is enough. */
async function tryOnward({ change, findings: changedFor }: Remedy, name: string, bench: Bench, all: boolean): Promise<Tried> {
  let [tried, changes, further]: [Tried, SpecChange, Finding[]] = [await tryChange(change, changedFor, name, bench, all), change, []];
  for (let round = 2; round <= mostRounds && 'result' in tried; round += 1) {
    const next: Finding[] = furtherDefects(tried.result).filter((finding) => bench.changeFor(finding) !== undefined);
    if (next.length === 0) break;
    changes = [...changes, ...next.flatMap((finding) => bench.changeFor(finding) ?? [])];
    further = [...further, ...next];
    const both = await tryChange(changes, changedFor, `${name}-and-${round}`, bench, all);
    if (!('result' in both)) break;
    tried = { result: { ...both.result, further } };
  }
  return tried;
}

async function tryTogether(together: Remedy, bench: Bench, proofs: Proofs): Promise<Tried> {
  const tried = await tryChange(together.change, together.findings, 'together', bench);
  note(proofs, together, bench, (finding) => {
    const alone = proofs.get(finding);
    const joint = 'result' in tried ? judgeProof(finding, tried.result) : tried.proof;
    return alone === undefined || joint.outcome === 'proved' ? joint : alone;
  });
  return tried;
}

function note(proofs: Proofs, { findings }: Remedy, { say }: Bench, proof: (finding: Finding) => Proof): void {
  for (const finding of findings) {
    const come = proof(finding);
    proofs.set(finding, come);
    say(`${finding.hazard}: ${come.outcome}`);
  }
}

function nameOf({ findings }: Remedy, index: number): string {
  return `${(findings[0]?.hazard ?? 'remedy').replaceAll(/[^\w-]/g, '')}-${index + 1}`;
}
