import type { Finding, Proof } from '../model/report.ts';
import { judgeProof, passes, stillShared } from './judge-proof.ts';
import { prepare, type Project } from './copy-project.ts';
import { jointRemedy, remediesOf, tellsNothingAlone, type Remedy } from './remedies.ts';
import { proofOf, tryChange, type Bench } from './try-change.ts';

/** Each is a build and a verification, minutes long; a log that names a hundred modules must not cost hours. */
const mostTries = 8;

export type Task = Project & Omit<Bench, 'workshop'>;

type Proofs = Map<Finding, Proof>;

/**
 * Tries the remedies of the findings that explain a failed check and whose remedy is a change of the spec: for each change the project's
 * copy is built with it and what it should mend is verified again; at last, where two defects hide behind one check, with all
 * changes together. Returns the findings with what came of it. The user's own folders stay as they are.
 */
export async function proveRemedies(task: Task): Promise<Finding[]> {
  const remedies = remediesOf(task.findings);
  const proofs: Proofs = new Map();
  if (remedies.length === 0) task.say('no finding of this run has a remedy that can be tried');
  else await prove(remedies, task, proofs);
  return task.findings.map((finding) => {
    const proof = proofs.get(finding);
    return proof === undefined ? finding : { ...finding, proof };
  });
}

async function prove(remedies: readonly Remedy[], task: Task, proofs: Proofs): Promise<void> {
  const notYet = (proof: Proof): void => {
    for (const { findings } of remedies) for (const finding of findings) if (!proofs.has(finding)) proofs.set(finding, proof);
  };
  try {
    const bench: Bench = { ...task, workshop: await prepare(task) };
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
      const tried = await tryChange(remedy.change, remedy.findings, nameOf(remedy, index), bench);
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
