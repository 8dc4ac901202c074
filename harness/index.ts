// What other programs may build on: the shape of what frostgate writes, to be read and checked. Everything else is its own affair.

export { gateSchema, gateVersion } from './model/gate.ts';
export type { AreaCounts, Block, Gate, GatePlatform, GateWaiver, KeyNumbers, Trend } from './model/gate.ts';
export { reportSchema, schemaVersion } from './model/report.ts';
export type { Area, CheckResult, Evidence, Finding, Measurement, MemoryCourse, Outcome, Report, StartUp, Verdict } from './model/report.ts';
