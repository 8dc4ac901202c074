import { queuesOf, type Draft, type NamedQueue } from './draft.ts';
import { asksModel, environmentText } from './environment-text.ts';
import { nexusText } from './nexus-text.ts';
import type { Told } from './pointers.ts';
import { fillIn } from './stubs.ts';
import { executionsText, inFlightOf } from './executions-text.ts';
import { flow } from './values.ts';


/** The contract as YAML, with comments: what was seen stands there, what only a person knows is marked. */
export function contractText(draft: Draft, schema: string): string {
  const queues = queuesOf(draft.pointers);
  const blocks = [
    headText(draft, schema), temporalText(draft, queues), nexusText(queues, draft.endpoint), environmentText(draft), registersText(queues),
    executionsText(queues, asksModel(draft)), endText(draft, inFlightOf(queues, asksModel(draft))),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function headText({ worker, version, source, command, files, interface: { version: versionWords, help } }: Draft, schema: string): string {
  const asked = { ...(versionWords && { version: versionWords }), ...(help && { help }) };
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# What this worker promises, as it was seen when it was run. Lines that say "fill in" are yours; init with --check lists them.',
    '',
    `worker: ${flow(worker)}`,
    ...(version === undefined ? [] : [`version: ${flow(version)}`]),
    ...(source === undefined ? [] : [`source: ${flow(source)}`]),
    ...(command.length === 0 ? [] : [`arguments: ${flow(command)}`]),
    ...(Object.keys(asked).length === 0 ? [] : [`interface: ${flow(asked)}`]),
    ...(files.size === 0 ? [] : ['', 'files:']),
    ...[...files].flatMap(([name, text]) => [`  ${flow(name)}: |`, ...text.trimEnd().split('\n').map((line) => `    ${line}`.trimEnd())]),
  ].join('\n');
}

/** Its codec nobody else has. */
const encodes = [
  "# It encodes its payloads: serve its codec by Temporal's remote codec protocol, as a service with a command, and add",
  '#   codec: { url: "{service.codec.url}" }',
];

const toldText = (told: Told): string => flow('by' in told ? told.by : 'fixed' in told ? { fixed: told.fixed } : told.placed);

/** A line where it is told at all by a name; a file's placeholder says it where it stands. */
const toldLine = (key: string, told: Told): string[] => ('placed' in told ? [] : [`  ${key}: ${toldText(told)}`]);

function temporalText({ pointers, identity, codec, searchAttributes }: Draft, queues: readonly NamedQueue[]): string {
  const { address, namespace, deployment, queues: found } = pointers;
  const processes = new Set(found.map(({ worker }) => worker.pid)).size;
  const [only] = queues;
  const several = queues.map(({ name, told, workflows, activities }) => `    - ${flow({
    name, ...('by' in told ? { from: told.by } : 'fixed' in told ? { fixed: told.fixed } : {}),
    ...(workflows.length > 0 && { workflows: workflows.map(typeOf) }), ...(activities.length > 0 && { activities: activities.map(typeOf) }),
  })}`);
  return [
    'temporal:',
    ...toldLine('address', address),
    ...toldLine('namespace', namespace),
    ...(queues.length === 1 && only && !('placed' in only.told) ? [`  taskQueue: ${toldText(only.told)}`] : ['  taskQueues:', ...several]),
    ...(identity === undefined ? [] : [`  identity: ${flow(identity)}`]),
    ...(deployment === undefined ? [] : [
      `  deployment: { name: ${flow(deployment.name)}, buildId: ${toldText(deployment.buildId)} }`,
    ]),
    ...(Object.keys(searchAttributes).length === 0 ? [] : [`  searchAttributes: ${flow(searchAttributes)}`]),
    ...(processes > 1 ? [`  processes: ${processes}`] : []),
    ...(codec ? encodes : []),
    ...found.filter(({ isDrawn }) => isDrawn).map(({ worker: { workflows, activities } }) => (
      `# It also polls a queue whose name it draws for itself, for ${[...workflows, ...activities].map(typeOf).join(', ')}.`)),
  ].join('\n');
}

const typeOf = ({ name }: { readonly name: string | undefined }): string => name ?? '*';

function registersText(queues: readonly NamedQueue[]): string {
  const [only] = queues;
  if (queues.length !== 1 || only === undefined || 'placed' in only.told) return '';
  const { workflows, activities } = only;
  const none = workflows.length + activities.length === 0;
  if (none) return `registers: { workflows: [], activities: [] } ${fillIn('its types: it lists none')}`;
  return [
    'registers:',
    ...(workflows.length === 0 ? [] : [`  workflows: ${flow(workflows.map(typeOf))}`]),
    ...(activities.length === 0 ? [] : [`  activities: ${flow(activities.map(typeOf))}`]),
  ].join('\n');
}

/** A long list goes on in further lines. */
const wrapped = (line: string): string => line.replaceAll(/(.{90,130}), /g, '$1,\n    ');

const noneWords = 'what ends it in order; -2 is an end by SIGINT itself, -15 by SIGTERM';
const inFlightWords = '# inFlight: work in flight is finished (drain), handed back (retry), or never in flight for long (none).';

function endText(
  { stops, platform, graceSeconds, listens, bundle: made, executable, pointers: { address } }: Draft, inFlightExecution: string | undefined,
): string {
  const orderly = stops.filter(({ code }) => code !== undefined);
  const codes = [...new Set(orderly.flatMap(({ code }) => code ?? []))];
  const slowest = Math.max(0, ...orderly.map(({ ms }) => ms));
  const isUnknown = graceSeconds === undefined;
  const grace = isUnknown ? 0 : graceSeconds;
  const parts = {
    signals: orderly.map(({ signal }) => signal), exitCode: codes.length === 1 ? codes[0] : codes,
    withinSeconds: Math.max(15, Math.ceil(slowest / 1000) + 10, Math.ceil(grace) + 5), inFlight: grace > 0 ? 'drain' : 'retry',
    ...(inFlightExecution !== undefined && { inFlightExecution }),
    ...(executable?.endsWhenKilled && { parentKilled: 'ends' }),
  };
  const bundle = { ...made, ...executable?.oldest };
  const { beside = [] } = executable ?? {};
  const others = stops.filter(({ code }) => code === undefined).map(({ signal }) => signal);
  const unknown = isUnknown ? ` ${fillIn('inFlight: drain, where it finishes what is in flight')}` : '';
  return [
    ...(listens.length === 0 ? [] : [`listens: ${flow(listens)}`]),
    // A port that is the same in every launch, unless the launches take turns anyway.
    ...(listens.some((place) => !place.includes('{port.')) && !('fixed' in address)
      ? ['launches: one-at-a-time # they all listen there'] : []),
    ...(others.length === 0 ? [] : [`# Not in order, killed by the signal or going on after it: ${others.join(' and ')}. Repair that, ` +
      'then it belongs to the signals.']),
    ...(orderly.length === 0 ? [`shutdown: { signals: [SIGTERM, SIGINT], exitCode: 0 } ${fillIn(noneWords)}`] : [
      `${inFlightWords}\nshutdown: ${flow(parts)}${unknown}`]),
    ...(Object.keys(bundle).length === 0 ? [] : [wrapped(`bundle: ${flow(bundle)}`)]),
    ...(beside.length === 0 ? [] : [`artifact: ${flow({ files: beside })} # it opened them beside itself`]),
    `platforms: [${platform}]`,
  ].join('\n');
}
