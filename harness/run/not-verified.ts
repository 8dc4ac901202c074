import { machinePlatform, platformId } from '../system/platform.ts';
import type { CheckResult } from '../model/report.ts';
import { oneLine } from '../model/text.ts';
import type { Inputs } from './inputs.ts';
import type { Resources } from './resources.ts';

type Known = {
  readonly inputs: Inputs; readonly resources: Resources; readonly checks: readonly CheckResult[]; readonly collision: string | undefined;
};

/** What this report does not prove, in sentences. */
export function notVerified({ inputs, resources, checks, collision }: Known): string[] {
  const { contract, baseline, previous, emulation } = inputs.context;
  const others = (contract?.platforms ?? []).filter((platform) => platform !== platformId());
  const unjudged = checks.filter((check) => check.outcome === 'inconclusive').length;
  return [
    ...(contract === undefined ? ['Everything but the file itself: there is no contract. Write a worker-contract.yaml beside ' +
      'pyproject.toml (README, "The contract").'] : []),
    ...(emulation === undefined ? [] : [`That it runs on a machine of ${platformId()}: here ${emulation.by} stood in for that. Its ` +
      'times, CPU and memory were not judged.']),
    ...(platformId() === machinePlatform() || emulation !== undefined ? [] : [`That it runs on a machine of ${platformId()}: this ` +
      `platform was named by --platform or FROSTGATE_PLATFORM, the machine is ${machinePlatform()}.`]),
    ...(inputs.loaded?.warnings ?? []).map((warning) => `${warning}.`),
    ...(others.length > 0 ? [`The platforms ${others.join(', ')}: each needs a run of its own.`] : []),
    ...(baseline === undefined ? [`The same behaviour as from source: ${inputs.baselineAbsent ?? 'there is no baseline'}.`] : []),
    ...notCompared(checks.filter(({ area }) => area === 'bundle')).map((text) => `The bundle against its source: ${oneLine(text)}`),
    ...(resources.wanted ? contract?.services ?? [] : []).flatMap(({ name }) => {
      const running = resources.context.services.find((service) => service.name === name);
      return running ? (running.info.notVerified ?? []) : `Everything that needs ${name}: none was to be had.`;
    }),
    ...checks.filter(({ notLookedFor }) => notLookedFor).map(({ id, title, outcome, notLookedFor = '' }) => (
      `${outcome === 'not-applicable' ? 'That' : 'Wholly that'} ${title} (${id}): not looked for here: ${notLookedFor}.`
    )),
    ...(collision === undefined ? [] : [`Two launches at once: they collide (${oneLine(collision)}), so each ran alone; say so in the ` +
      'contract (launches: one-at-a-time), or give it a free port ({port.NAME}).']),
    ...[resources.busy() ?? []].flat(),
    ...(unjudged > 0 ? [`${unjudged} checks that could not be judged; each says why.`] : []),
    ...(previous === undefined ? ['A regression against the previous release.'] : ['That executions are as fast as those of the last ' +
      'release: start, CPU, memory, stop and size were compared with it.']),
  ];
}

/** The checks that could not be judged, by reason, each of several lines: `modules, data: the baseline does not start: …`. */
export function notCompared(checks: readonly CheckResult[]): string[] {
  const unjudged = checks.filter(({ outcome }) => outcome === 'inconclusive');
  const groups = Map.groupBy(unjudged, ({ reason }) => reason ?? 'it is not said why');
  return Array.from(groups, ([reason, of]) => `${of.map(({ id, area }) => id.slice(area.length + 1)).join(', ')}: ${reason}`);
}
