import type { Upgrade } from './upgrades.ts';

/** What repairs an upgrade: where commands differ, where a type is gone, and where neither is seen. */
export type Remedies = { readonly changed: string; readonly lost: string; readonly otherwise: string };

/** By who began the executions, and whether versions of a deployment may keep them. */
export function remediesOf(from: Upgrade['from'], how: 'moving' | 'versioned' = 'moving'): Remedies {
  const versioned = how === 'versioned' ? 'or pin the workflow to its version (VersioningBehavior.PINNED)'
    : 'or let executions stay on their version (worker versioning, temporal.deployment of the contract)';
  const lost = 'keep the type registered until its last execution has ended, which a list of open executions by type shows, ' +
    `${versioned}; where it went on purpose and nothing of it is open, waive it at the gate (--allow … --reason … --until …)`;
  if (from === 'previous') {
    return {
      changed: 'guard the change: if workflow.patched("name"): the new commands, else: the old ones (workflow.GetVersion in Go, ' +
        `patched() in TypeScript), until the last execution that was begun before has ended; ${versioned}`,
      lost,
      otherwise: 'what did the change take away that executions which were begun before still need: a field of an input or of a result, ' +
        'a handler of a message, what a service keeps?',
    };
  }
  return {
    changed: 'what the executable has begun, the last release cannot go on with, also where workflow.patched() guards the change: ' +
      `release code that knows both before it is used, ${versioned}; where there is no way back on purpose, waive it at the gate ` +
      '(--allow … --reason … --until …)',
    lost,
    otherwise: 'does the executable leave what the last release does not know: a new field, a new message, another form of what a ' +
      'service keeps? Where there is no way back on purpose, waive it at the gate (--allow … --reason … --until …)',
  };
}
