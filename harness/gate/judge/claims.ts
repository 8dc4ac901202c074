import { rowOf } from '../../model/catalogue.ts';
import { count } from '../../model/format.ts';
import { pairsOf } from '../../model/repeats.ts';
import type { Measurement, Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shown } from '../shown.ts';
import { kept, someChecks, type Faults } from './block.ts';

/** Clocks and rounding: so much may parts be longer than the whole. */
const slackMs = 2_000;

/** What a report claims to have done, held against what a run of its profile does and against the time that it took. */
export function claimFaults({ report }: ReadReport): Faults {
  const claims = kept([
    ...comparedClaims(report), ...sampleClaims(report), ...timeClaims(report), ...launchClaims(report), enduranceClaim(report),
  ]);
  const more = claims.length > 1 ? `, and ${claims.length - 1} more such` : '';
  return [claims.length > 0 && ['contradictory', `its report claims what its run cannot have done: ${claims[0]}${more}. Verify again.`]];
}

type Claims = readonly (string | false)[];

/** A pass says what it was held against. */
function comparedClaims({ checks }: Report): Claims {
  const empty = checks.filter(({ outcome, compared }) => outcome === 'pass' && (compared?.count ?? 0) <= 0).map(({ id }) => id);
  return [empty.length > 0 && `${someChecks(empty)} passed and compared nothing`];
}

/** Every pair that was measured is a sample of both variants. */
function sampleClaims({ measurements, checks, tool, baseline, partial, interrupted }: Report): Claims {
  // What is partial has a block already.
  if (partial.length > 0 || interrupted !== null || tool.profile === 'quick') return [];
  const { all, working } = pairsOf(tool);
  return checks.filter(({ id, outcome }) => outcome === 'pass' && rowOf(id)?.samples !== undefined).flatMap(({ id }) => {
    const due = rowOf(id)?.samples === 'every pair' ? all : working;
    const of = (variant: Measurement['variant']): number =>
      measurements.filter((one) => one.metric === id && one.variant === variant).flatMap(({ samples }) => samples).length;
    const variants = baseline === null ? ['subject'] as const : ['subject', 'baseline'] as const;
    // Without a single one of the subject it contradicts itself.
    return of('subject') === 0 ? [] : variants.map((variant) => of(variant) !== due && `${id} has ` +
      `${count(of(variant), 'sample')} of the ${variant}, a run of profile ${tool.profile} takes ${due}`);
  });
}

/** No part lasts longer than the run. */
function timeClaims({ tool: { startedAt, endedAt, phases, launches }, checks, measurements }: Report): Claims {
  const ranMs = Date.parse(endedAt) - Date.parse(startedAt);
  if (ranMs < 0) return []; // told by itself
  const phasesMs = phases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const measuredMs = measurements.filter(({ unit, variant }) => unit === 'ms' && variant === 'subject').flatMap(({ samples }) => samples)
    .reduce((most, sample) => Math.max(most, sample), 0);
  const [slow] = checks.filter(({ durationMs }) => durationMs > ranMs + slackMs);
  return [
    slow !== undefined && `${shown(slow.id, 80)} took ${slow.durationMs.toFixed(0)} ms, the run ${ranMs} ms`,
    phasesMs > ranMs + slackMs && `its phases take ${phasesMs.toFixed(0)} ms, the run ${ranMs} ms`,
    launches.busyMs > ranMs + slackMs && `workers ran for ${launches.busyMs.toFixed(0)} ms of a run of ${ranMs} ms`,
    measuredMs > ranMs + slackMs && `a sample of ${measuredMs.toFixed(0)} ms is longer than the run of ${ranMs} ms`,
  ];
}

/** What was measured was launched. */
function launchClaims({ tool: { launches }, measurements }: Report): Claims {
  if (launches.subject <= 0) return []; // it contradicts itself
  return (['subject', 'baseline'] as const).map((variant) => {
    // A time takes a launch of its own; what a worker holds is read of those.
    const timed = measurements.filter((one) => one.variant === variant && one.unit === 'ms' && rowOf(one.metric)?.samples !== undefined);
    const needed = timed.reduce((sum, { samples }) => sum + samples.length, 0);
    return launches[variant] < needed && `it measured ${needed} launches of the ${variant} and began ${launches[variant]}`;
  });
}

function enduranceClaim({ checks, endurance }: Report): string | false {
  const passed = checks.find(({ id, outcome }) => rowOf(id)?.late === true && outcome === 'pass');
  return passed !== undefined && (endurance?.executions ?? 0) <= 0 && `${passed.id} passed without a single execution`;
}
