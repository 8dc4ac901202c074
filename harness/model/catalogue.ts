import { z } from 'zod';
import { checkRow, type CheckRow } from './check-row.ts';
import { readData } from './data.ts';
import { areas, type Area } from './report.ts';

export { filled } from './filled.ts';

/** The ids of the checks that follow from a contract's executions and from its variables. */
export const executionId = 'execution.<name>';
export const variableId = 'environment.<NAME>.<case>';

/** Every check in the order of the suites. */
export const checkRows: readonly CheckRow[] = readData(new URL('checks.yaml', import.meta.url), z.array(checkRow));

/** Ids of checks that are to come: no execution of a contract may take one. */
export const reservedIds: readonly string[] = [
  'execution.retry', 'execution.cancel', 'execution.heartbeat', 'execution.large-payload', 'execution.tool-environment',
];

/** The area of an id, for example `shutdown` of `shutdown.sigterm.parent.idle`; undefined for an id that no area owns. */
export function areaOf(id: CheckRow['id']): Area;
export function areaOf(id: string): Area | undefined;
export function areaOf(id: string): Area | undefined {
  return areas.find((area) => id.startsWith(`${area}.`));
}

/** The row of a check; undefined for an id that no row gives. A row of exactly that id goes before one that is derived. */
export function rowOf(id: string): CheckRow | undefined {
  return rowsById.get(id) ?? derivedRows.find(({ parts }) => sameShape(parts, id.split('.')))?.row;
}

const rowsById: ReadonlyMap<string, CheckRow> = new Map(checkRows.map((row) => [row.id, row]));
const derivedRows = checkRows.filter(isDerived).map((row) => ({ row, parts: row.id.split('.') }));

/** Whether a row stands for checks that only a contract can tell. */
export function isDerived({ id }: CheckRow): boolean {
  return id.includes('<');
}

function sameShape(parts: readonly string[], given: readonly string[]): boolean {
  return parts.length === given.length
    && parts.every((part, index) => part === given[index] || (part.startsWith('<') && given[index] !== ''));
}
