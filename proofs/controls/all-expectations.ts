import { blinded } from './blinded.ts';
import { bundleExpectations } from './bundle-expectations.ts';
import { compiledExpectations } from './compiled-expectations.ts';
import { escapees } from './escapees.ts';
import { executionExpectations } from './execution-expectations.ts';
import type { Expectation } from './expectation.ts';
import { expectations } from './expectations.ts';
import { forms } from './forms.ts';
import { hidden } from './hidden.ts';
import { oddities } from './oddities.ts';
import { onDemandExpectations } from './on-demand-expectations.ts';
import { referenceExpectations } from './reference-expectations.ts';
import { secretExpectations } from './secret-expectations.ts';
import { stopExpectations } from './stop-expectations.ts';
import { tlsExpectations } from './tls-expectations.ts';
import { upgradeExpectations } from './upgrade-expectations.ts';

/** Every row of the proof of trust: one executable, and what it must do to a report. */
export const allExpectations: readonly Expectation[] = [
  ...hidden, ...expectations, ...executionExpectations, ...escapees, ...forms, ...bundleExpectations, ...secretExpectations,
  ...stopExpectations, ...oddities, ...blinded, ...tlsExpectations, ...referenceExpectations,
  ...compiledExpectations, ...upgradeExpectations, ...onDemandExpectations,
];
