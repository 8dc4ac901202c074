import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { cameWithin, WaitFailed } from '../harness/system/wait.ts';
import { sdkOf, type Sdk } from '../harness/temporal/history.ts';
import { listPollers, listWorkers, pidsIn, type Poller } from '../harness/temporal/pollers.ts';
import { ended, isOwn } from '../harness/temporal/ready.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { connections } from '../harness/stage/connections.ts';
import { drive } from '../harness/stage/drive.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { probeUnknownTypes } from '../harness/stage/unknown-types.ts';
import { launches } from '../harness/stage/launches.ts';

async function pollersOf({ use }: Pick<CheckContext, 'use'>, actor: Actor): Promise<Poller[]> {
  const { connection } = await use(connections);
  return listPollers(connection, actor.post.namespace, actor.post.taskQueue);
}

/** What the server lists tells more than a wait that ended: but one that ended for another reason than the worker says nothing. */
async function readyIfEver(actor: Actor): Promise<void> {
  await actor.ready().catch((error: unknown) => {
    if (!(error instanceof WaitFailed) || !['deadline', 'over'].includes(error.kind)) throw error;
  });
}

const identities = (pollers: readonly Poller[]): string => [...new Set(pollers.map((poller) => poller.identity))].join(', ');

check('registration.pollers', async ({ use, note, compares }) => {
  const actor = await (await use(launches)).shared();
  await readyIfEver(actor);
  const end = ended(actor.launch);
  if (end !== undefined) throw new CouldNotJudge(`the worker is gone: ${end}`);
  const pollers = await pollersOf({ use }, actor);
  const missing = actor.post.queues.filter((queue) => !pollers.some((poller) => poller.queue === queue));
  if (missing.length > 0) {
    throw new CheckFailed(`nobody polls the ${missing.join(' and the ')} queue "${actor.post.taskQueue}", though the worker runs`, {
      expected: `pollers on the ${actor.post.queues.join(' and the ')} queue that the worker was told to use`,
      got: pollers.length > 0 ? `pollers on the ${[...new Set(pollers.map((poller) => poller.queue))].join(', ')} queue only` : 'no poller',
      remedy: 'the worker must take its task queue from the variable that temporal.taskQueue in the contract names',
    });
  }
  compares(pollers.length, 'pollers');
  note(`${actor.post.queues.join(' and ')} queue`);
});

check('registration.identity', async ({ use, note, compares }) => {
  const actor = await (await use(launches)).shared();
  await readyIfEver(actor);
  const pollers = await pollersOf({ use }, actor);
  if (pollers.length === 0) throw new CouldNotJudge('nobody polls the queue');
  const own = pollers.filter((poller) => isOwn(actor.launch, poller));
  if (own.length === 0) {
    throw new CheckFailed('the queue is polled under an identity that names no process of this launch', {
      expected: `an identity with a pid of this tree (${actor.launch.alive().map((entry) => entry.pid).join(', ')})`,
      got: identities(pollers),
      remedy: 'leave the client identity at its default, "<pid>@<host>", or keep the pid in it',
    });
  }
  compares(own.length, 'pollers');
  note(identities(own));
});

check('registration.types', async ({ worker, run, evidence, note, compares }) => {
  const probe = await probeUnknownTypes(await worker());
  note([...(probe.workflows ?? []), ...(probe.activities ?? [])].join(', '));
  const { workflows = [], activities = [] } = run.contract?.registers ?? {};
  compares((probe.workflows ?? []).length + (probe.activities ?? []).length, 'types');
  const wrong = [
    difference('workflow', workflows, probe.workflows), difference('activity', activities, probe.activities),
  ].filter((text) => text !== undefined);
  evidence('what the worker answered', 'answers.txt', probe.answers.join('\n\n'));
  if (wrong.length > 0) {
    const listed = [...(probe.workflows ?? []), ...(probe.activities ?? [])];
    throw new CheckFailed(wrong.join('; '), {
      expected: [...workflows, ...activities].join(', '),
      got: listed.join(', '),
      remedy: 'register the missing types with the worker, or correct registers in the contract',
    });
  }
  if (probe.silent.length > 0) throw new CouldNotJudge(`nothing was heard of the ${probe.silent.join(' and the ')} of an unknown type`);
  const unlisted = [...(workflows.length > 0 && !probe.workflows ? ['workflows'] : []), ...(
    activities.length > 0 && !probe.activities ? ['activities'] : []
  )];
  if (unlisted.length > 0) throw new CouldNotJudge(`this SDK does not list its ${unlisted.join(' and ')} when it is asked for an ` +
    'unknown type');
});

function difference(kind: string, promised: readonly string[], found: readonly string[] | undefined): string | undefined {
  if (found === undefined) return undefined;
  const missing = promised.filter((type) => !found.includes(type));
  const extra = found.filter((type) => !promised.includes(type) && type !== '__temporal_activity_internal_');
  if (missing.length > 0) return `${kind} ${missing.join(', ')} is not registered`;
  return extra.length > 0 ? `${kind} ${extra.join(', ')} is registered but not in the contract` : undefined;
}

check('registration.unregistered', async ({ worker, evidence, compares }) => {
  const actor = await worker();
  const probe = await probeUnknownTypes(actor);
  evidence('what the worker answered', 'answers.txt', probe.answers.join('\n\n'));
  const end = ended(actor.launch);
  if (end !== undefined) throw new CheckFailed(
    `the worker did not survive a task of an unknown type: ${end}`, { expected: 'a refusal', got: end },
  );
  if (probe.silent.length > 0) throw new CouldNotJudge(`nothing was heard of the ${probe.silent.join(' and the ')} of an unknown type`);
  const refusals = probe.answers.filter((answer) => answer.includes(probe.type));
  compares(refusals.length, 'refusals');
  if (refusals.length < actor.post.queues.length) {
    throw new CheckFailed('the worker does not refuse a task of an unknown type', {
      expected: 'a failure that names the type', got: probe.answers.join('\n') || 'no answer',
    });
  }
});

check('registration.sdk', async (context) => {
  const { run, note } = context;
  const sdk = (await sdkOfHistory(context)) ?? (await sdkOfHeartbeat(context));
  if (run.baseline !== undefined && run.baseline.sdkVersion === undefined) throw new CouldNotJudge('the Temporal SDK of the baseline ' +
    'cannot be found out');
  if (sdk === undefined && run.baseline === undefined) throw new NotApplicable('the server does not say which SDK the worker uses, and ' +
    'there is no baseline to compare it with');
  if (sdk === undefined) throw new CouldNotJudge('neither a history nor ListWorkers says which SDK the worker uses');
  context.compares(1, 'SDK');
  note(`${sdk.name} ${sdk.version}`);
  const expected = run.baseline?.sdkVersion;
  if (expected !== undefined && sdk.version !== expected) {
    throw new CheckFailed(`the frozen worker runs the Temporal SDK ${sdk.version}, the baseline ${expected}`, {
      expected,
      got: sdk.version,
      remedy: `the binary was built from another environment: run ${run.baseline?.manager.commands.sync}, then build again with --clean`,
    });
  }
});

async function sdkOfHistory({ run, worker }: CheckContext): Promise<Sdk | undefined> {
  const plan = run.contract?.executions.find((candidate) => candidate.workflow !== undefined);
  return plan && sdkOf((await drive(await worker(), plan)).events);
}

/** For a worker without workflows; the first heartbeat may take a while, and older servers and SDKs have none. */
async function sdkOfHeartbeat({ use, worker, signal }: CheckContext): Promise<Sdk | undefined> {
  const { connection } = await use(connections);
  const { launch, post } = await worker();
  const own = async () => (await listWorkers(connection, post.namespace, post.taskQueue))?.find(
    (entry) => pidsIn(entry.identity).some((pid) => launch.tree.has(pid)),
  );
  const listed = await cameWithin("the worker's first heartbeat", own, { deadlineMs: 10_000, everyMs: 200, signal });
  return listed && { name: listed.sdkName, version: listed.sdkVersion };
}
