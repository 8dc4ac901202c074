import {
  ApplicationFailure, condition, continueAsNew, defineQuery, defineSignal, defineUpdate, executeChild, proxyActivities, setHandler, sleep,
} from '@temporalio/workflow';

type Others = { charge(order: number): Promise<unknown>; refund(order: number): Promise<unknown> };
const quick = { startToCloseTimeout: '10s', retry: { initialInterval: '50ms', maximumAttempts: 2 } } as const;
const own = proxyActivities<Others>(quick);
const payments = proxyActivities<Others>({ ...quick, taskQueue: 'payments' });

/** Waits until it is approved, and is charged where the harness stands in. */
export async function approval(order: number): Promise<unknown> {
  let [state, amount] = ['new', 0];
  setHandler(defineQuery('state'), () => state);
  setHandler(defineUpdate<number, [number]>('amend'), (to) => {
    amount = to;
    return amount;
  }, { validator(to) { if (to < 0) throw ApplicationFailure.create({ message: 'below 0', type: 'Negative' }); } });
  setHandler(defineSignal<[string]>('approve'), (by) => void (state = `approved by ${by}`));
  await sleep(200);
  state = 'waiting';
  await condition(() => state !== 'waiting');
  return { state, amount, charged: await own.charge(order), refunded: await payments.refund(order).catch((error: Error) => nameIn(error)) };
}

function nameIn({ cause }: Error): string {
  return cause instanceof ApplicationFailure ? cause.type ?? '' : '';
}

/** Charges in a child, which waits for a message of its own. */
export async function parent(order: number): Promise<unknown> {
  return executeChild(child, { args: [order], workflowId: `child-${order}` });
}

export async function child(order: number): Promise<unknown> {
  let isReady = false;
  setHandler(defineSignal('ready'), () => void (isReady = true));
  await condition(() => isReady);
  return own.charge(order);
}

/** Goes on as a new run at each turn, and ends with the third, unless it is cancelled. */
export async function turns(count: number): Promise<number> {
  let isTold = false;
  setHandler(defineQuery('count'), () => count);
  setHandler(defineSignal('turn'), () => void (isTold = true));
  await condition(() => isTold);
  return count >= 3 ? count : continueAsNew<typeof turns>(count + 1);
}

/** Ends without waiting for anybody. */
export async function hasty(): Promise<string> {
  setHandler(defineQuery('state'), () => 'done');
  return 'done';
}

/** Waits for a timer, and for an activity where nobody polls. */
export async function waits(): Promise<void> {
  const { charge } = proxyActivities<Others>({ startToCloseTimeout: '1 minute', taskQueue: 'nobodys' });
  await Promise.all([sleep('1 hour'), charge(1)]);
}
