import { seconds } from '../wait.ts';

/** What a process tree had until a moment, and how long the machine's cores had been busy by then, in milliseconds. */
export type CpuSample = {
  readonly atMs: number;
  /** Ready to run, and another was running: time on the run queue. */
  readonly waitedMs: number;
  readonly usedMs: number;
  readonly busyMs: number;
  /** Where these are from: the kernel's own account of each thread, or an estimate from how busy the machine was. */
  readonly how: 'exact' | 'estimated';
};

/** What a process tree waited and used within a span of time, and how many cores something else kept busy then, on average. */
export type CpuUse = Pick<CpuSample, 'waitedMs' | 'usedMs' | 'how'> & { readonly elapsedMs: number; readonly othersCores: number };

/** A tree that crowds itself out has no excuse: others must have used more than this much of a core. */
const excusingCores = 0.3;

/** What was waited and used between two samples of one tree. */
export function useBetween(from: CpuSample, to: CpuSample): CpuUse {
  const [elapsedMs, usedMs] = [to.atMs - from.atMs, to.usedMs - from.usedMs];
  const othersMs = Math.max(0, to.busyMs - from.busyMs - usedMs);
  return { elapsedMs, waitedMs: to.waitedMs - from.waitedMs, usedMs, othersCores: elapsedMs > 0 ? othersMs / elapsedMs : 0, how: to.how };
}

/** The part of the time that is not the worker's, in milliseconds. */
export function excusedMs({ waitedMs, othersCores }: CpuUse): number {
  return othersCores > excusingCores ? waitedMs : 0;
}

/** "the worker waited 2.8 s for a CPU while it used 1.0 s"; an estimate says that it is one. */
export function waitedSentence({ waitedMs, usedMs, how }: CpuUse): string {
  if (how === 'exact') return `the worker waited ${seconds(waitedMs)} for a CPU while it used ${seconds(usedMs)}`;
  return `the worker waited about ${seconds(waitedMs)} for a CPU (an estimate: every core was busy)`;
}

/** `machine`: the limit was missed because the worker waited for a CPU that others had, which is no verdict on it. */
type DeadlineJudgement = { readonly verdict: 'met' | 'missed' | 'machine'; readonly sentence: string };

/** Judges a time against its limit. One that met it is never corrected. */
export function judgeDeadline({ limitMs, ...use }: CpuUse & { readonly limitMs: number }): DeadlineJudgement {
  const against = `${seconds(use.elapsedMs)}, the limit is ${seconds(limitMs)}`;
  if (use.elapsedMs <= limitMs) return { verdict: 'met', sentence: against };
  if (use.elapsedMs - excusedMs(use) > limitMs) return { verdict: 'missed', sentence: `${against}; ${waitedSentence(use)}` };
  return { verdict: 'machine', sentence: `${against}, but ${waitedSentence(use)}` };
}
