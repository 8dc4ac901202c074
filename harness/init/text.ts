import { queuesOf, type Draft, type NamedQueue } from './draft.ts';
import { asksModel, environmentText } from './environment-text.ts';
import type { Told } from './pointers.ts';
import { fillIn } from './stubs.ts';
import { executionsText } from './executions-text.ts';
import { flow } from './values.ts';


/** The contract as YAML, with comments: what was seen stands there, what only a person knows is marked. */
export function contractText(draft: Draft): string {
  const queues = queuesOf(draft.pointers);
  const blocks = [
    headText(draft), temporalText(draft, queues), environmentText(draft), registersText(queues),
    executionsText(queues, asksModel(draft)), endText(draft),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headText({ worker, version, source, command, interface: { version: versionWords, help } }: Draft): string {
  const asked = { ...(versionWords && { version: versionWords }), ...(help && { help }) };
  return [
    '# What this worker promises, as it was seen when it was run. Lines that say "fill in" are yours; init with --check lists them.',
    '',
    `worker: ${flow(worker)}`,
    ...(version === undefined ? [] : [`version: ${flow(version)}`]),
    ...(source === undefined ? [] : [`source: ${flow(source)}`]),
    ...(command.length === 0 ? [] : [`arguments: ${flow(command)}`]),
    ...(Object.keys(asked).length === 0 ? [] : [`interface: ${flow(asked)}`]),
  ].join('\n');
}

/** Its codec nobody else has. */
const encodes = [
  "# It encodes its payloads: serve its codec by Temporal's remote codec protocol, as a service with a command, and add",
  '#   codec: { url: "{service.codec.url}" }',
];

/** Nobody but its callers knows the name of the endpoint. */
const offers = [
  '# It offers Nexus services: name the endpoint by which they are called,',
  '#   nexus: { endpoint: NAME, queue: main }',
];

const toldText = (told: Told): string => flow('by' in told ? told.by : { fixed: told.fixed });

function temporalText({ pointers, identity, codec }: Draft, queues: readonly NamedQueue[]): string {
  const { address, namespace, deployment, queues: found } = pointers;
  const processes = new Set(found.map(({ worker }) => worker.pid)).size;
  const [only] = queues;
  const several = queues.flatMap(({ name, told, workflows, activities }) => [
    `    - name: ${name}`,
    `      ${'by' in told ? `from: ${told.by}` : `fixed: ${flow(told.fixed)}`}`,
    ...(workflows.length > 0 ? [`      workflows: ${flow(workflows.map(typeOf))}`] : []),
    ...(activities.length > 0 ? [`      activities: ${flow(activities.map(typeOf))}`] : []),
  ]);
  return [
    'temporal:',
    `  address: ${toldText(address)}`,
    `  namespace: ${toldText(namespace)}`,
    ...(queues.length === 1 && only ? [`  taskQueue: ${toldText(only.told)}`] : ['  taskQueues:', ...several]),
    ...(identity === undefined ? [] : [`  identity: ${flow(identity)}`]),
    ...(deployment === undefined ? [] : [
      `  deployment: { name: ${flow(deployment.name)}, buildId: ${toldText(deployment.buildId)} }`,
    ]),
    ...(processes > 1 ? [`  processes: ${processes}`] : []),
    ...(codec ? encodes : []),
    ...(found.some(({ worker }) => worker.nexus > 0) ? offers : []),
    ...found.filter(({ isDrawn }) => isDrawn).map(({ worker: { workflows, activities } }) => (
      `# It also polls a queue whose name it draws for itself, for ${[...workflows, ...activities].map(typeOf).join(', ')}.`)),
  ].join('\n');
}

const typeOf = ({ name }: { readonly name: string | undefined }): string => name ?? '*';

function registersText(queues: readonly NamedQueue[]): string {
  const [only] = queues;
  if (queues.length !== 1 || only === undefined) return '';
  const { workflows, activities } = only;
  const none = workflows.length + activities.length === 0;
  if (none) return `registers: { workflows: [], activities: [] } ${fillIn('its types: it lists none')}`;
  return [
    'registers:',
    ...(workflows.length === 0 ? [] : [`  workflows: ${flow(workflows.map(typeOf))}`]),
    ...(activities.length === 0 ? [] : [`  activities: ${flow(activities.map(typeOf))}`]),
  ].join('\n');
}

const inFlightWords = '# inFlight: work in flight is finished (drain), handed back (retry), or never in flight for long (none).';

function endText({ stops, platform, pointers: { queues } }: Draft): string {
  const orderly = stops.filter(({ code }) => code !== undefined);
  const codes = [...new Set(orderly.flatMap(({ code }) => code ?? []))];
  const slowest = Math.max(0, ...orderly.map(({ ms }) => ms));
  const grace = Math.max(0, ...queues.map(({ worker }) => worker.graceSeconds));
  const parts = {
    signals: orderly.map(({ signal }) => signal), exitCode: codes.length === 1 ? codes[0] : codes,
    withinSeconds: Math.max(15, Math.ceil(slowest / 1000) + 10, Math.ceil(grace) + 5), inFlight: grace > 0 ? 'drain' : 'retry',
  };
  const others = stops.filter(({ code }) => code === undefined).map(({ signal }) => signal);
  return [
    ...(others.length === 0 ? [] : [`# Not in order, killed by the signal or going on after it: ${others.join(' and ')}. Repair that, ` +
      'then it belongs to the signals.']),
    ...(orderly.length === 0 ? ['shutdown: { signals: [SIGTERM, SIGINT], exitCode: 0 }'] : [`${inFlightWords}\nshutdown: ${flow(parts)}`]),
    `platforms: [${platform}]`,
  ].join('\n');
}
