import type { Launch } from '../system/launch/launch.ts';
import { sendSignal } from '../system/processes/kill.ts';
import { cameWithin } from '../system/wait.ts';

/**
 * Tells the worker's own process to end while the started process stands still, which therefore can pass nothing on, and lets that one go
 * on once the worker has ended or its time is up.
 * @returns whether the worker's process ended; undefined when it was late only for want of a CPU.
 */
export async function stopChild(launch: Launch, worker: number, signal: NodeJS.Signals, withinMs: number): Promise<boolean | undefined> {
  launch.tell();
  sendSignal(launch.pid, 'SIGSTOP');
  try {
    sendSignal(worker, signal);
    const ended = (): true | undefined => launch.alive().every(({ pid }) => pid !== worker) || undefined;
    const wait = { deadlineMs: withinMs, everyMs: 20, stretch: launch.cpu.stretch() };
    return await cameWithin("the end of the worker's process", ended, wait) ?? false;
  } catch {
    return undefined;
  } finally {
    sendSignal(launch.pid, 'SIGCONT');
  }
}
