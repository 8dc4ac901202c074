/** All areas that a report may have, in the order of the suites. */
export const areas = [
  'artifact', 'bundle', 'startup', 'registration', 'execution', 'environment', 'shutdown', 'parity', 'resilience', 'host',
  'performance', 'upgrade',
] as const;

export type Area = (typeof areas)[number];

const toCome: readonly Area[] = ['parity', 'resilience', 'host'];

/** Those that have checks. */
export const checkedAreas: readonly Area[] = areas.filter((area) => !toCome.includes(area));
