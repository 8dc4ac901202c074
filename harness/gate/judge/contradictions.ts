import { catalogue } from '../../contract/catalogue.ts';
import type { Contract } from '../../contract/schema.ts';
import type { Report } from '../../model/report.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { block, someChecks } from './block.ts';
import { knownContract } from './known-contract.ts';

const serverAreas: readonly string[] = ['startup', 'registration', 'execution'];

/** What a report says about its run and its worker against the checks that passed in it, and against the contract; a block each. */
export function contradictionBlocks({ report }: ReadReport, facts: Facts): Block[] {
  const contract = knownContract(report, facts);
  const faults = [...runFaults(report), ...(contract === undefined ? [] : contractFaults(report, contract))];
  return faults.map((fault) => block('contradictory', `its report contradicts ${fault}`, report.platform.id));
}

function runFaults({ checks, server, tool, partial }: Report): string[] {
  const served = checks.filter(({ area, outcome }) => outcome === 'pass' && serverAreas.includes(area)).map(({ id }) => id);
  const filter = filterOf(tool.commandLine);
  return [
    ...(server === null && served.length > 0 ? [`itself: it had no Temporal server, and ${someChecks(served)} passed. Verify again.`] : []),
    ...(tool.launches.subject <= 0 && served.includes('startup.ready') ? ['itself: the executable was never started, and startup.ready ' +
      'passed. Verify again.'] : []),
    // A quick run that does not say so is told as a partial one.
    ...(filter !== undefined && partial.length === 0 && tool.profile === 'full' ? [`itself: it was started with ${filter} and calls ` +
      'itself whole. Verify again without that.'] : []),
  ];
}

function contractFaults({ checks, contract: used, subject }: Report, contract: Contract): string[] {
  const known = new Set(catalogue(contract).map(({ id }) => id));
  const foreign = [...new Set(checks.map(({ id }) => id))].filter((id) => !known.has(id));
  const { version } = contract;
  const versionPassed = checks.some(({ id, outcome }) => id === 'artifact.version' && outcome === 'pass');
  const printed = subject?.version;
  return [
    ...(used === null || used.worker === contract.worker ? [] : [`the contract: it is about the worker ${shown(used.worker, 60)}, the ` +
      `contract about ${shown(contract.worker, 60)}. Verify again.`]),
    ...(!versionPassed || version === undefined || subject === null || printed?.includes(version) === true
      ? []
      : [`the contract: artifact.version passed with ${printed === undefined ? 'no version' : shown(printed, 60)}, the contract says ` +
        `${shown(version, 60)}. Verify again.`]),
    ...(foreign.length > 0 ? [`the contract: it answers ${someChecks(foreign)}, which the contract does not give. Verify again with ` +
      'this version of frostgate.'] : []),
  ];
}

/** The option that makes a run partial, where the command line holds one. */
function filterOf(commandLine: readonly string[]): string | undefined {
  if (commandLine.some((word) => word === '--only' || word.startsWith('--only='))) return '--only';
  const quick = commandLine.some(
    (word, index) => word === '--profile=quick' || (word === '--profile' && commandLine[index + 1] === 'quick'),
  );
  return quick ? '--profile quick' : undefined;
}
