import { expect, test } from 'vitest';
import { endpointIn, graceSecondsIn, searchAttributesIn } from './source-facts.ts';

const of = (text: string) => [{ file: 'x', text }];

test.each([
  ['WorkerStopTimeout: 10 * time.Second', 10], ['WorkerStopTimeout: time.Minute', 60], ["shutdownGraceTime: '10s'", 10],
  ["shutdownGraceTime: '2 minutes'", 120], ['shutdownGraceTime: 5_000', 5], ['worker.Options{}', 0],
])('%s waits for %d seconds', (text, seconds) => expect(graceSecondsIn(of(text))).toBe(seconds));

test('the Nexus endpoint that a source names, where it is one', () => {
  const call = 'workflow.create_nexus_client(endpoint="greetings", service=Greeter)';
  expect(endpointIn(of(`NEXUS_ENDPOINT = "greetings"\n${call}`))).toBe('greetings');
  expect(endpointIn(of(`ENDPOINT = "other"`))).toBeUndefined();
  expect(endpointIn(of(`NEXUS_ENDPOINT: str = "one"\n${call}`))).toBeUndefined();
});

test('search attributes of the three SDKs', () => {
  expect(searchAttributesIn(of(`SearchAttributeKey.for_keyword("CustomerId")
temporal.NewSearchAttributeKeyInt64("Amount")
defineSearchAttributeKey('Tags', SearchAttributeType.KEYWORD_LIST)`))).toEqual({
    CustomerId: 'Keyword', Amount: 'Int', Tags: 'KeywordList',
  });
});
