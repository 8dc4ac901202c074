/** One sabotage of fixtures/small-worker and the hazard whose remedy must be proved to mend it. */
export type Row = {
  /** The executable in fixtures/small-worker/dist, and the spec file that it comes from. */
  readonly variant: string;
  readonly hazard: string;
  /** The areas in which the defect shows. */
  readonly only: readonly string[];
  /** Proved on every change too; the others on demand. */
  readonly sample?: true;
};

/** What a remedy is tried on; the first column of `npm run remedies`. */
export const table: readonly Row[] = [
  { variant: 'no-lazy-module', hazard: 'BC-02', only: ['execution'] },
  { variant: 'no-provider', hazard: 'BC-02', only: ['execution'] },
  { variant: 'collision', hazard: 'BC-01', only: ['bundle', 'execution'], sample: true },
  { variant: 'no-data', hazard: 'BC-04', only: ['execution'] },
  { variant: 'no-metadata', hazard: 'BC-05', only: ['execution'] },
  { variant: 'no-plugin-namespace', hazard: 'BC-03', only: ['bundle', 'execution'] },
  { variant: 'no-entry-point', hazard: 'BC-06', only: ['bundle', 'execution'] },
  { variant: 'no-sandbox-module', hazard: 'TW-17', only: ['startup'] },
  { variant: 'no-open-hook', hazard: 'TW-18', only: ['execution'], sample: true },
  { variant: 'excludes-needed', hazard: 'BC-07', only: ['execution'] },
  { variant: 'with-pytest', hazard: 'BC-08', only: ['bundle'] },
];
