// What other programs may build on: the shape of what frostgate writes, to be read and checked. Everything else is its own affair.

export { gateSchema, gateVersion } from './gate/model.ts';
export type { AreaCounts, Block, Gate, GatePlatform, GateWaiver, KeyNumbers, Trend } from './gate/model.ts';
export { reportSchema, schemaVersion } from './report/model.ts';
export type { Area, CheckResult, Evidence, Finding, Measurement, MemoryCourse, Outcome, Report, StartUp, Verdict } from './report/model.ts';
