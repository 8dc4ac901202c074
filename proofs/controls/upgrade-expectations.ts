import type { Expectation } from './expectation.ts';

const besideApprovals = { project: 'approvals', previous: 'approvals' } as const;

/** Work that moves between the last release and these, or does not. */
export const upgradeExpectations: readonly Expectation[] = [
  { variant: 'honest', previous: 'agent-runner', title: 'goes on', only: ['upgrade'], red: {} },
  {
    variant: 'tidies-first', previous: 'agent-runner',
    red: {
      'upgrade.forward': /does not come to the commands of workflow AgentExecution .*TMPRL1100.*'ensure_thread'.* \(event \d+\)/,
      'upgrade.rollback': /the last release does not come to the commands of workflow AgentExecution .*TMPRL1100/,
    },
    remedies: { 'upgrade.forward': /workflow\.patched\("name"\)/, 'upgrade.rollback': /--allow/ },
  },
  {
    variant: 'tidies-first-if-new', previous: 'agent-runner',
    red: { 'upgrade.rollback': /the last release does not come to the commands of workflow AgentExecution .*TMPRL1100/ },
    remedies: { 'upgrade.rollback': /also where workflow\.patched\(\) guards the change/ },
  },
  {
    variant: 'renames-workflow', previous: 'agent-runner',
    red: { 'upgrade.forward': /does not register workflow AgentExecution, which the last release has/ },
    remedies: { 'upgrade.forward': /keep the type registered until its last execution has ended/ },
    unjudged: { 'upgrade.rollback': /no workflow that the last release has/ },
  },
  // Pinned, which the reference is.
  { project: 'approvals', variant: 'approvals', previous: 'ignores-signals-at-start', title: 'stays', only: ['upgrade'], red: {} },
  { project: 'approvals', variant: 'moves-on-alike', previous: 'moves-on', only: ['upgrade'], red: {} },
  {
    project: 'approvals', variant: 'moves-on-otherwise', previous: 'moves-on',
    red: { 'upgrade.versioned': /the executable does not come to the commands of workflow Approval .*TMPRL1100/ },
    remedies: { 'upgrade.versioned': /VersioningBehavior\.PINNED/ },
  },
  {
    ...besideApprovals, variant: 'ignores-build-id', title: 'ignores-build-id, beside another', only: ['upgrade'],
    red: { 'upgrade.versioned': /does not poll as version approvals:\w+ beside the last release/ },
  },
  {
    ...besideApprovals, variant: 'unversioned', title: 'unversioned, beside another', only: ['upgrade'],
    red: { 'upgrade.versioned': /does not poll as version approvals:\w+ beside the last release/ },
  },
  {
    project: 'approvals', variant: 'approvals', previous: 'no-sandbox-module', title: 'beside one that does not start', red: {},
    unjudged: { 'upgrade.versioned': /the last release \(--previous\) does not become ready/ },
  },
  {
    project: 'approvals', variant: 'approvals', previous: 'no-letters', title: 'beside one that does not work', red: {},
    unjudged: { 'upgrade.versioned': /the last release \(--previous\) brings no workflow of the contract to its end/ },
  },
];
