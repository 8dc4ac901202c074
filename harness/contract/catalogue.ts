import type { CheckRow, Need } from '../model/check-row.ts';
import type { Eye } from '../model/eyes.ts';
import { areaOf, checkRows, executionId, filled, isDerived, variableId } from '../model/catalogue.ts';
import type { Area } from '../model/report.ts';
import { mainSignal } from './main-signal.ts';
import { environmentCases, type EnvironmentCase } from './cases.ts';
import type { Contract } from './schema.ts';
import { slug } from './slug.ts';

/** A check before it has run: its stable id, what it promises, and what it cannot do without. */
export type CheckSpec = {
  readonly id: string;
  readonly area: Area;
  readonly title: string; // a short sentence that is true when the check passes
  readonly needs: readonly Need[];
  readonly eye: Eye | undefined; // with what it looks
  readonly eyeInPart: Eye | undefined; // with what it sees more
  readonly late: boolean; // it runs after all others but the measuring ones
  readonly closing: boolean; // it looks at the whole run: its body runs after all suites, when every launch has ended
};

type Values = Readonly<Record<string, string>>;

/**
 * Every check in the order of the suites. Without a contract, those that merely need one are listed: a report says what they are. Those
 * that do nothing but compare with the last release are there where one was named.
 */
export function catalogue(contract: Contract | undefined, hasPrevious = false): readonly CheckSpec[] {
  const rows = checkRows.filter(({ needs = [] }) => hasPrevious || !needs.includes('previous'));
  return rows.flatMap((row) => (isDerived(row) ? derived(row, contract) : [{}]).map((values) => specOf(row, values)));
}

/** Whether `--only` leaves a check in: it names nothing, the check's area, or the check itself. */
export function isChosen(only: readonly string[], { id, area }: Pick<CheckSpec, 'id' | 'area'>): boolean {
  return only.length === 0 || only.includes(area) || only.includes(id);
}

/** The checks that `--only` leaves in. */
export function chosenChecks(contract: Contract | undefined, only: readonly string[], hasPrevious = false): readonly CheckSpec[] {
  return catalogue(contract, hasPrevious).filter((spec) => isChosen(only, spec));
}

/** The limit that a contract sets for a check, in the unit of its number; undefined where it sets none. */
export function limitOf({ budget }: CheckRow, { budgets }: Contract): number | undefined {
  return budget && budgets[budget.key] * budget.factor;
}

function specOf({ id, title, needs = [], eye, eyeInPart, late, closing }: CheckRow, values: Values): CheckSpec {
  const when = { late: late === true, closing: closing === true };
  return { id: filled(id, values), area: areaOf(id), title: filled(title, values), needs, eye, eyeInPart, ...when };
}

/** What stands for the `<…>` of a row, once for each check that it gives. */
function derived({ id, bySignal }: CheckRow, contract: Contract | undefined): readonly Values[] {
  if (id === executionId) return (contract?.executions ?? []).map(({ name }) => ({ name: slug(name), title: name }));
  if (id === variableId) return contract === undefined ? [] : environmentCases(contract, '').map(caseValues);
  const promise = contract?.shutdown.inFlight === 'retry' ? 'gives work in flight back, to be done elsewhere' : 'finishes work in flight';
  const signals = contract?.shutdown.signals ?? ['SIGTERM', 'SIGINT'];
  return signals.filter((signal) => bySignal !== 'main' || signal === mainSignal(signals))
    .map((SIGNAL) => ({ signal: SIGNAL.toLowerCase(), SIGNAL, promise }));
}

function caseValues({ name, kind }: EnvironmentCase): Values {
  const promises = {
    honoured: 'is honoured', default: 'has its default when it is not set', missing: 'is asked for by name when it is missing',
    invalid: 'is refused by name when its value is invalid',
  };
  const seen = kind === 'honoured-service' ? 'honoured' : kind;
  return { NAME: name, case: seen, promise: promises[seen] };
}
