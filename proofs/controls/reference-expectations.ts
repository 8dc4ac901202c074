import type { Expectation } from './expectation.ts';

// Workers of another make than the agent-runner: approvals is versioned, frozen into a folder, with two task queues; quotes has activities
// only, and everything in a file. Each without a defect, and with mistakes that people make.

type Told = Pick<Expectation, 'red'> & Partial<Expectation>;

const approvals = (variant: string, told: Told): Expectation => ({ variant, project: 'approvals', ...told });
const quotes = (variant: string, told: Told): Expectation => ({ variant, project: 'quotes', ...told });

/** What stands in the way of all else. */
const neverReady = (because: RegExp, only: readonly string[] = ['startup']): Told => ({ red: { 'startup.ready': because }, only });

const noLetter = /FileNotFoundError: .*letters/;
const noOpenHook = /no type/;
const noStub = /cannot import name 'quotes_pb2_grpc'/;
const noQueue = /nobody polls .*approvals-ledger/;
const noAttribute = /no mapping defined for search attribute CustomerID/;

export const referenceExpectations: readonly Expectation[] = [
  approvals('approvals', { red: {} }),
  approvals('no-currency', { red: {
    'execution.is-rejected': /No module named 'approvals\.currencies\.jpy'/,
  }, findings: ['BC-02'] }),
  approvals('no-letters', { red: {
    'execution.is-approved': noLetter, 'execution.is-rejected': noLetter, 'execution.expires': noLetter,
    'execution.every-activity': /write_letter never completed/,
  }, findings: ['BC-04'] }),
  approvals('no-metadata', { ...neverReady(/No package metadata was found for approvals/), findings: ['BC-05'] }),
  approvals('no-open-hook', { red: {
    'execution.refuses-an-amount-of-nothing': noOpenHook, 'execution.failure': noOpenHook,
    'execution.is-approved': /step 3 \(update amend\) failed otherwise than expected/,
  }, may: ['execution.replay'], findings: ['TW-18'] }),
  approvals('no-sandbox-module', { ...neverReady(/Failed validating workflow Approval/), findings: ['TW-17'] }),
  approvals('accepts-every-amendment', { red: { 'execution.is-approved': /amend.* -1|amend/ }, only: ['execution'] }),
  approvals('forgets-ledger', { red: {
    'startup.ready': /does not poll task queues .*approvals-ledger/, 'registration.pollers': noQueue,
  } }),
  approvals('forgets-update', { red: { 'execution.is-approved': /Update handler for 'amend' expected but not found/ } }),
  approvals('ignores-build-id', { red: { 'registration.deployment': /does not poll as version approvals:[^]*approvals:1\.0\.0/ } }),
  approvals('ignores-profile', { red: { 'startup.ready': /Connection refused|7233/ }, findings: ['TW-06'] }),
  approvals('ignores-signals-at-start', { profile: 'full', red: {
    'shutdown.sigterm.parent.starting': /goes on|polls on/, 'shutdown.sigint.parent.starting': /goes on|polls on/,
  } }),
  approvals('no-grace', { red: { 'shutdown.sigterm.parent.in-flight': /was not handled as promised/ } }),
  approvals('only-sigint', { red: {
    'shutdown.sigterm.parent.idle': /ended with SIGTERM/, 'shutdown.sigterm.parent.in-flight': /was not handled as promised/,
    'shutdown.every-launch': /stops not as promised: SIGTERM/,
  } }),
  approvals('other-attribute', { red: {
    'execution.is-approved': noAttribute, 'execution.is-rejected': noAttribute, 'execution.expires': noAttribute,
  } }),
  approvals('other-ledger', { red: { 'registration.pollers': noQueue } }),
  approvals('unversioned', { red: { 'registration.deployment': /does not poll as version approvals:[^]*an unversioned worker/ } }),

  quotes('quotes', { red: {} }),
  quotes('no-cygrpc', neverReady(/cannot import name 'cygrpc'/)),
  quotes('no-discounts', { red: {
    'execution.quotes-with-a-discount': /FileNotFoundError/, 'execution.tells-the-discounts': /FileNotFoundError/,
    'execution.every-activity': /quote, discounts never completed/,
  }, findings: ['BC-04'] }),
  quotes('no-rounding', { ...neverReady(/No module named 'quotes\.roundings\.half_up'/), findings: ['BC-02'] }),
  quotes('no-stub', { red: {
    'execution.quotes-with-a-discount': noStub, 'execution.follows-a-price': noStub,
    'execution.does-not-know-every-symbol': /type "ImportError"/, 'execution.failure': /type "ImportError"/,
    'execution.every-activity': /quote, follow never completed/,
  } }),
  quotes('fixed-backend', neverReady(/the backend at .* does not answer/)),
  quotes('fixed-metrics', { red: { 'startup.network': /9464/ } }),
  quotes('ignores-namespace', { red: { 'startup.ready': /./ } }),
  quotes('ignores-rounding', { red: { 'execution.quotes-with-a-discount': /3163/ } }),
  quotes('quotes', {
    title: 'it promises that nothing is long in flight', contract: { 'shutdown.inFlight': 'none', 'shutdown.inFlightExecution': undefined },
    red: { 'shutdown.sigterm.parent.in-flight': /activity follow of "follows a price" took [34]\.\d s/ },
    may: ['shutdown.deregistration'],
  }),
  quotes('leaves-at-once', { red: { 'shutdown.sigterm.parent.in-flight': /./ } }),
  quotes('no-identity', { red: { 'registration.identity': /polls under another identity than the contract promises/ } }),
  quotes('reads-beside-code', neverReady(/No such file or directory/)),
  quotes('untyped-failure', { red: {
    'execution.does-not-know-every-symbol': /UnknownSymbol|no type/, 'execution.failure': /./,
  } }),
  quotes('wrong-method', { red: {
    'execution.quotes-with-a-discount': /UNIMPLEMENTED/, 'execution.does-not-know-every-symbol': /type "AioRpcError"/,
    'execution.failure': /type "AioRpcError"/,
  }, may: ['execution.every-activity'] }),
];
