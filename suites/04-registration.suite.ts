import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { cameBeforeEnd, WaitFailed } from '../harness/system/wait.ts';
import { sdkOf, type Sdk } from '../harness/temporal/history.ts';
import type { Poller } from '../harness/temporal/pollers.ts';
import { queuesOfVersion, versionsOf } from '../harness/temporal/deployment.ts';
import { queuesText, unpolled, type Post } from '../harness/temporal/post.ts';
import { ended } from '../harness/temporal/ready.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { drive } from '../harness/stage/drive.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { isAsPromised } from '../harness/stage/promised-identity.ts';
import { answersToAny, promisedTypes, typeDifference } from '../harness/stage/registered-types.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { typesThatRan } from '../harness/stage/types-that-ran.ts';
import { probeUnknownTypes, type Asked } from '../harness/stage/unknown-types.ts';
import { launches } from '../harness/stage/launches.ts';

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
  const pollers = await actor.site.pollers(actor.post);
  const missing = unpolled(actor.post, pollers);
  if (missing.length > 0) {
    const seen = [...new Set(pollers.map(({ queue, taskQueue }) => `${queue} queue "${taskQueue}"`))];
    throw new CheckFailed(`nobody polls the ${missing.map(kindText).join(' and the ')}, though the worker runs`, {
      expected: `pollers on the ${kindsOf(actor.post).map(kindText).join(' and the ')} that the worker was told to use`,
      got: seen.length > 0 ? `pollers on the ${seen.join(', ')} only` : 'no poller',
      remedy: 'the worker must take its task queue from what the contract names (temporal), and register there what it promises',
    });
  }
  compares(pollers.length, 'pollers');
  note(kindsOf(actor.post).map(({ kind }) => kind).join(' and ') + (actor.post.taskQueues.length === 1 ? ' queue' : ' queues'));
});

const kindText = ({ kind, taskQueue }: { readonly kind: string; readonly taskQueue: string }): string => `${kind} queue "${taskQueue}"`;
const kindsOf = (post: Post) => unpolled(post, []);

check('registration.identity', async ({ use, run, note, compares }) => {
  const actor = await (await use(launches)).shared();
  await readyIfEver(actor);
  const pollers = await actor.site.pollers(actor.post);
  if (pollers.length === 0) throw new CouldNotJudge('nobody polls the queue');
  const own = pollers.filter(({ identity }) => actor.isOwn(identity));
  if (own.length === 0) {
    throw new CheckFailed('the queue is polled by nobody of this launch', {
      expected: `an identity with a pid of this tree (${actor.launch.alive().map((entry) => entry.pid).join(', ')}), or one that ` +
        'polls by the way to the server that this launch was given',
      got: identities(pollers),
      remedy: 'leave the client identity at its default, "<pid>@<host>", or keep the pid in it',
    });
  }
  compares(own.length, 'pollers');
  note(identities(own));
  const promised = run.contract?.temporal.identity;
  const other = promised === undefined ? undefined : own.find(({ identity }) => !isAsPromised(promised, identity, actor.launch));
  if (promised === undefined || other === undefined) return;
  throw new CheckFailed('the worker polls under another identity than the contract promises', {
    expected: promised, got: identities(own), remedy: 'give the client that identity, or correct temporal.identity in the contract',
  });
});

const queues = runContext().contract?.temporal.taskQueues ?? [];

/** What was heard of unknown types. @throws {CouldNotJudge} where nothing was heard of one: no answer is not an answer. */
async function heard({ evidence }: Pick<CheckContext, 'evidence'>, actor: Actor): Promise<readonly Asked[]> {
  const asked = (await probeUnknownTypes(actor)).filter((one) => !answersToAny(one, queues));
  const answers = asked.map(({ kind, queue, answer }) => `${kindText({ kind, taskQueue: queue.taskQueue })}: ${answer ?? 'no answer'}`);
  evidence('what the worker answered', 'answers.txt', answers.join('\n\n'));
  return asked;
}

const silentOf = (asked: readonly Asked[]): string => (
  asked.flatMap(({ answer, kind }) => (answer === undefined ? [kind] : [])).join(' and the ')
);

check('registration.types', async ({ worker, evidence, note, compares }) => {
  const actor = await worker();
  const asked = await heard({ evidence }, actor);
  const listed = [...new Set(asked.flatMap(({ types }) => types ?? []))];
  note(listed.join(', '));
  compares(listed.length, 'types');
  const wrong = asked.map((one) => typeDifference(one, queues)).filter((text) => text !== undefined);
  if (wrong.length > 0) {
    throw new CheckFailed(wrong.join('; '), {
      expected: asked.flatMap((one) => promisedTypes(one, queues)).join(', '),
      got: listed.join(', '),
      remedy: 'register the missing types with the worker, or correct registers in the contract',
    });
  }
  if (asked.length === 0) throw new NotApplicable('it answers to any type');
  const silent = silentOf(asked);
  if (silent !== '') throw new CouldNotJudge(`nothing was heard of the ${silent} of an unknown type`);
  const unlisted = asked.filter(({ types }) => types === undefined);
  if (unlisted.length === 0) return;
  const kinds = [...new Set(unlisted.map(({ kind }) => (kind === 'workflow' ? 'workflows' : 'activities')))].join(' and ');
  const promised = unlisted.flatMap((one) => promisedTypes(one, queues));
  const run = await typesThatRan(actor, runContext().contract?.executions ?? []);
  const unseen = promised.filter((type) => !run.has(type));
  if (unseen.length > 0) throw new CouldNotJudge(`this SDK does not list its ${kinds}, and no execution of the contract runs ` +
    `${unseen.join(', ')}; add one`);
  compares(promised.length, 'types');
  note([...listed, `this SDK does not list its ${kinds}: those of the contract were run, and others not looked for`].join(', '));
});

check('registration.unregistered', async ({ worker, evidence, compares }) => {
  const actor = await worker();
  const asked = await heard({ evidence }, actor);
  const end = ended(actor.launch);
  if (end !== undefined) throw new CheckFailed(
    `the worker did not survive a task of an unknown type: ${end}`, { expected: 'a refusal', got: end },
  );
  if (asked.length === 0) throw new NotApplicable('it answers to any type');
  const silent = silentOf(asked);
  if (silent !== '') throw new CouldNotJudge(`nothing was heard of the ${silent} of an unknown type`);
  const refusals = asked.filter(({ answer, type }) => answer?.includes(type));
  compares(refusals.length, 'refusals');
  if (refusals.length < asked.length) {
    throw new CheckFailed('the worker does not refuse a task of an unknown type', {
      expected: 'a failure that names the type', got: asked.map(({ answer }) => answer).join('\n') || 'no answer',
    });
  }
});

check('registration.sdk', async (context) => {
  const { run, note } = context;
  const sdk = (await sdkOfPolls(context)) ?? (await sdkOfHistory(context)) ?? (await sdkOfHeartbeat(context));
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

check('registration.deployment', async ({ worker, run, note, compares }) => {
  const { deployment } = run.contract?.temporal ?? {};
  if (deployment === undefined) throw new NotApplicable('the contract names no deployment: the worker is not versioned');
  const { site, buildId, post } = await worker();
  const version = `${deployment.name}:${buildId}`;
  const registered = await queuesOfVersion(site, deployment.name, buildId);
  const others = await versionsOf(site);
  // The server lists a version that was only made current, without any queue.
  if (registered === undefined || registered.length === 0) {
    throw new CheckFailed(`the worker does not poll as version ${version}, so that nothing would be run on it`, {
      expected: version,
      got: others.filter((other) => other !== version).join(', ') || 'an unversioned worker (use_worker_versioning is off)',
      remedy: 'take deployment name and build id from what the contract names (temporal.deployment), and switch worker versioning on',
    });
  }
  const missing = post.taskQueues.filter(({ taskQueue }) => !registered.includes(taskQueue));
  compares(post.taskQueues.length, 'task queues');
  note(version);
  if (missing[0] !== undefined) {
    throw new CheckFailed(`version ${version} does not poll the task queue ${missing[0].name} (${missing[0].taskQueue})`, {
      expected: `the version polls ${queuesText(post)}`, got: registered.join(', '),
      remedy: 'give every worker of the process the same deployment options',
    });
  }
});

async function sdkOfHistory({ run, worker }: CheckContext): Promise<Sdk | undefined> {
  for (const plan of run.contract?.executions ?? []) {
    // Of one that cannot be judged its own check tells.
    const done = plan.workflow === undefined ? undefined : await drive(await worker(), plan).catch(() => undefined);
    const sdk = done && sdkOf(done.events);
    if (sdk !== undefined) return sdk;
  }
  return undefined;
}

/** What a worker calls itself when it polls; seen by its own way to the server. */
async function sdkOfPolls({ worker }: CheckContext): Promise<Sdk | undefined> {
  const { way } = await worker();
  return way?.seen.map(({ sdk }) => sdk).find((sdk) => sdk !== undefined);
}

/** For a worker without workflows on somebody else's server; the first heartbeat comes after a minute by default, and some have none. */
async function sdkOfHeartbeat({ worker, signal }: CheckContext): Promise<Sdk | undefined> {
  const actor = await worker();
  const own = async () => (await actor.site.workers()).find(({ identity }) => actor.isOwn(identity));
  const wait = { deadlineMs: heartbeatMs, everyMs: 200, signal, over: () => ended(actor.launch) };
  const listed = await cameBeforeEnd("the worker's first heartbeat", own, wait);
  return listed && { name: listed.sdkName, version: listed.sdkVersion };
}

/** Every SDK's default interval is 60 s. */
const heartbeatMs = 70_000;
