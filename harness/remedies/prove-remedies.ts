import { dirname } from 'node:path';
import type { Finding, Proof } from '../model/report.ts';
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

/**
 * Tries the remedies of the findings that explain a failed check and whose remedy is a change of the spec: for each change the project's
 * copy is built with it and what it should mend is verified again; at last, where two defects hide behind one check, with all
 * changes together. Returns the findings with what came of it. The user's own folders stay as they are.
 */
export async function proveRemedies(task: Task): Promise<Finding[]> {
  const remedies = remediesOf(task.findings, changeOf);
  const proofs: Proofs = new Map();
  if (remedies.length === 0) task.say('no finding of this run has a remedy that can be tried');
  else await prove(task, proofs);
  return task.findings.map((finding) => {
    const proof = proofs.get(finding);
    return proof === undefined ? finding : { ...finding, proof };
  });
}

async function prove(task: Task, proofs: Proofs): Promise<void> {
  const notYet = (proof: Proof): void => {
    const tryable = task.findings.filter((finding) => finding.explains.length > 0 && changeOf(finding) !== undefined);
    for (const finding of tryable) if (!proofs.has(finding)) proofs.set(finding, proof);
  };
  try {
    const workshop = await prepare(task);
    const own = { project: task.baseline.directory, entry: task.baseline.entry, from: dirname(workshop.commands[0]?.spec ?? '') };
    const changeFor = (finding: Finding) => {
      const change = changeOf(finding);
      return change && settled(change, own);
    };
    const bench: Bench = { ...task, workshop, changeFor };
    const remedies = remediesOf(task.findings, changeFor);
    const leftRed = await tryEachAlone(remedies, bench, proofs);
    const together = jointRemedy(leftRed, task.findings);
    if (together !== undefined) await tryTogether(together, bench, proofs);
    notYet({ outcome: 'not tried', sentence: 'its checks fail for another defect too, whose change could not be tried' });
  } catch (error) {
    notYet(proofOf(error));
  }
}

/** Returns what is left for a try together: for each remedy the checks that stayed red because of another defect. */
async function tryEachAlone(remedies: readonly Remedy[], bench: Bench, proofs: Proofs): Promise<Map<Remedy, readonly string[]>> {
  const leftRed = new Map<Remedy, readonly string[]>();
  const mended = new Map<string, string>();
  for (const [index, remedy] of remedies.entries()) {
    if (index >= mostTries) {
      note(proofs, remedy, bench, () => ({ outcome: 'not tried', sentence: `a run tries ${mostTries} changes; mend the others first` }));
    } else if (tellsNothingAlone(remedy, remedies, bench.findings)) {
      leftRed.set(remedy, remedy.findings.flatMap(({ explains }) => explains));
    } else {
      const tried = await tryOnward(remedy, nameOf(remedy, index), bench);
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
async function tryOnward({ change, findings: changedFor }: Remedy, name: string, bench: Bench): Promise<Tried> {
  let [tried, changes, further]: [Tried, SpecChange, Finding[]] = [await tryChange(change, changedFor, name, bench), change, []];
  for (let round = 2; round <= mostRounds && 'result' in tried; round += 1) {
    const next: Finding[] = furtherDefects(tried.result).filter((finding) => bench.changeFor(finding) !== undefined);
    if (next.length === 0) break;
    changes = [...changes, ...next.flatMap((finding) => bench.changeFor(finding) ?? [])];
    further = [...further, ...next];
    const both = await tryChange(changes, changedFor, `${name}-and-${round}`, bench);
    if (!('result' in both)) break;
    tried = { result: { ...both.result, further } };
  }
  return tried;
}

async function tryTogether(together: Remedy, bench: Bench, proofs: Proofs): Promise<void> {
  const tried = await tryChange(together.change, together.findings, 'together', bench);
  note(proofs, together, bench, (finding) => {
    const alone = proofs.get(finding);
    const joint = 'result' in tried ? judgeProof(finding, tried.result) : tried.proof;
    return alone === undefined || joint.outcome === 'proved' ? joint : alone;
  });
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
