import type { NamedQueue } from './draft.ts';
import { fillIn } from './stubs.ts';
import { flow } from './values.ts';

/** A word with hyphens where a capital begins another: MyService becomes my-service. */
const hyphened = (name: string): string => name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').replaceAll(/[^\w-]+/g, '-').toLowerCase();

/** The endpoint that leads to each queue with Nexus operations: the one that the source names, else a name that a person has to give. */
export function nexusText(queues: readonly NamedQueue[], endpoint: string | undefined): string {
  const offering = queues.filter(({ operations }) => operations.length > 0);
  const known = offering.length === 1 ? endpoint : undefined;
  const ends = offering.map(({ name, operations: [first] }) => ({ endpoint: known ?? hyphened(first?.service ?? name), queue: name }));
  const [only] = ends;
  if (only === undefined) return '';
  return `nexus: ${flow(ends.length === 1 ? only : ends)}${known === undefined ? ` ${fillIn('the endpoint by which it is called')}` : ''}`;
}
