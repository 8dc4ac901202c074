import { expect, test } from 'vitest';
import { goSignatures } from './go.ts';
import { typescriptSignatures } from './typescript.ts';

test('Go: what workflows and activities take and give back, by the tags of their fields; what a workflow answers to', () => {
  const found = goSignatures([{ file: 'orders.go', text: `package orders
const StatusQuery = "status"
type Item struct {
	SKU      string \`json:"sku"\`
	Quantity int32  \`json:"quantity,omitempty"\`
}
// type Old struct { Gone string }
type Order struct {
	ID    string    \`json:"id"\`
	Items []*Item   \`json:"items"\`
	Paid  time.Time
	lock  sync.Mutex
}
func (w *Worker) Ship(ctx workflow.Context, order *Order, a, b string) (*Item, error) {
	if err := workflow.SetQueryHandler(ctx, StatusQuery, func() (string, error) { return "", nil }); err != nil { return nil, err }
	workflow.GetSignalChannel(ctx, "cancel").Receive(ctx, nil)
}
func Book(ctx context.Context) error { return nil }
func Count(ctx context.Context) error { activity.RecordHeartbeat(ctx, 1); return nil }
func helper(x int) int { return x }
` }]);
  expect([...found.keys()]).toEqual(['Ship', 'Book', 'Count']);
  const item = { kind: 'object', fields: [
    { name: 'sku', shape: { kind: 'string' }, required: true }, { name: 'quantity', shape: { kind: 'integer' }, required: false },
  ] };
  expect(found.get('Ship')).toMatchObject({
    isWorkflow: true, result: item, queries: [{ name: 'status' }], signals: [{ name: 'cancel' }], updates: [],
    input: [
      { name: 'order', shape: { kind: 'object', fields: [
        { name: 'id', required: true }, { name: 'items', shape: { kind: 'list', item: { ...item, optional: true } } }, { name: 'Paid' },
      ] } },
      { name: 'a', shape: { kind: 'string' } }, { name: 'b', shape: { kind: 'string' } },
    ],
  });
  expect(found.get('Book')).toMatchObject({ isWorkflow: false, beats: false, input: [], result: { kind: 'null' } });
  expect(found.get('Count')).toMatchObject({ beats: true });
});

test('TypeScript: workflows are what a file exports that imports the workflow package, with the handlers that are defined there', () => {
  const found = typescriptSignatures([
    { file: 'src/workflows.ts', text: `import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
export type Reminder = { readonly who: string; readonly seconds?: number; level: 'low' | 'high' };
const skip = defineSignal('skip'); const left = defineQuery<number, [string]>('left');
const amend = defineUpdate<string, [Reminder]>('amend');
export async function remind({ who, seconds = 1 }: Reminder, times: number[] = []): Promise<{ text: string | null }> { return x; }
async function notOne(): Promise<void> {}
` },
    { file: 'src/activities.ts', text: `export function make() { return {
async post(letter: Uint8Array): Promise<void> { heartbeat(1); },
async quick(): Promise<void> {},
}; }` },
  ]);
  expect([...found.keys()]).toEqual(['remind', 'post', 'quick']);
  expect(found.get('quick')).toMatchObject({ beats: false });
  expect(found.get('remind')).toMatchObject({
    isWorkflow: true, signals: [{ name: 'skip', input: [] }], queries: [{ name: 'left', result: { kind: 'number' } }],
    updates: [{ name: 'amend', result: { kind: 'string' }, input: [{ shape: { kind: 'object' } }] }],
    result: { kind: 'object', fields: [{ name: 'text', shape: { kind: 'string', optional: true } }] },
    input: [
      { name: 'reminder', shape: { kind: 'object', fields: [
        { name: 'who', required: true }, { name: 'seconds', required: false }, { name: 'level', shape: { allowed: ['low', 'high'] } },
      ] } },
      { name: 'times', shape: { kind: 'list', item: { kind: 'number' } } },
    ],
  });
  expect(found.get('post')).toMatchObject({
    isWorkflow: false, beats: true, input: [{ name: 'letter', shape: { kind: 'bytes' } }], result: { kind: 'null' },
  });
});
