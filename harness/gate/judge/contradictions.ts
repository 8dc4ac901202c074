import { catalogue } from '../../contract/catalogue.ts';
import { rowOf } from '../../model/catalogue.ts';
import type { Contract } from '../../contract/schema.ts';
import type { Report } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, someChecks, told } from './block.ts';
import { knownContract } from './known-contract.ts';

/** What a report says about its run and its worker against the checks that passed in it, and against the contract; a block each. */
export function contradictionBlocks({ report }: ReadReport, release: Release): Block[] {
  const contract = knownContract(report, release);
  const faults = [...runFaults(report), ...(contract === undefined ? [] : contractFaults(report, contract))];
  return faults.map((fault) => block('contradictory', `its report contradicts ${fault}`, report.platform.id));
}

function runFaults({ checks, server, tool, partial }: Report): string[] {
  const served = passed(checks).filter((id) => rowOf(id)?.needs?.includes('server'));
  const filter = filterOf(tool.commandLine);
  return told([
    [server === null && served.length > 0, `itself: it had no Temporal server, and ${someChecks(served)} passed. Verify again.`],
    [tool.launches.subject <= 0 && served.length > 0, `itself: the executable was never started, and ${served[0]} passed. Verify again.`],
    // A quick run that does not say so is told as a partial one.
    [filter !== undefined && partial.length === 0 && tool.profile === 'full', `itself: it was started with ${filter} and calls itself ` +
      'whole. Verify again without that.'],
  ]);
}

function contractFaults({ checks, contract: used, subject }: Report, contract: Contract): string[] {
  const known = new Set(catalogue(contract).map(({ id }) => id));
  const foreign = [...new Set(checks.map(({ id }) => id))].filter((id) => !known.has(id));
  const worker = used?.worker ?? contract.worker;
  const printing = passed(checks).find((id) => rowOf(id)?.gives === 'version');
  const printed = subject?.version;
  const { version = printed ?? '' } = contract;
  return told([
    [worker !== contract.worker, `the contract: it is about the worker ${shown(worker, 60)}, the contract about ` +
      `${shown(contract.worker, 60)}. Verify again.`],
    [printing !== undefined && subject !== null && contract.version !== undefined && printed?.includes(version) !== true, 'the contract: ' +
      `${printing} passed with ${printed === undefined ? 'no version' : shown(printed, 60)}, the contract says ${shown(version, 60)}. ` +
        'Verify again.'],
    [foreign.length > 0, `the contract: it answers ${someChecks(foreign)}, which the contract does not give. Verify again with this ` +
      'version of frostgate.'],
  ]);
}

function passed(checks: Report['checks']): string[] {
  return checks.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
}

/** The option that makes a run partial, where the command line holds one. */
function filterOf(commandLine: readonly string[]): string | undefined {
  if (commandLine.some((word) => word === '--only' || word.startsWith('--only='))) return '--only';
  const quick = commandLine.some(
    (word, index) => word === '--profile=quick' || (word === '--profile' && commandLine[index + 1] === 'quick'),
  );
  return quick ? '--profile quick' : undefined;
}
