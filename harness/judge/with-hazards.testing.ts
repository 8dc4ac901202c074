import type { Observation } from '../model/observation.ts';
import type { Finding } from '../model/report.ts';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { diagnose as diagnoseWith, type Source } from './diagnose.ts';
import { rootCauses as rootCausesWith, silentCauses as silentCausesWith, type LocatedObservation } from './root-causes.ts';
import { signaturesOf } from './signatures.ts';

/** The judging of a PyInstaller executable, for tests. */
export const signatures = signaturesOf(hazards);
export const diagnose = (sources: readonly Source[], failed: readonly string[]) => diagnoseWith(sources, failed, hazards);
export const rootCauses = (observed: readonly LocatedObservation[], logged: readonly Finding[]) =>
  rootCausesWith(observed, logged, hazards);
export const silentCauses = (hints: readonly Observation[], unexplained: readonly string[]) =>
  silentCausesWith(hints, unexplained, hazards);
