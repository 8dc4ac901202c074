import type { Knob } from './knobs.ts';
import { nameOf, type Make } from './makes.ts';
import { filesIn, type SourceFile } from './source-files.ts';
import { namesIn } from './source-names.ts';
import { goSignatures } from './source-types/go.ts';
import type { Signature } from './source-types/signature.ts';
import { typescriptSignatures } from './source-types/typescript.ts';

/** The kinds of search attributes as a contract names them. */
const attributeKinds = ['Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList'];
const kindWords: Readonly<Record<string, string>> = {
  float: 'Double', float64: 'Double', int64: 'Int', string: 'Text', time: 'Datetime', keywordlist: 'KeywordList',
};

/** Where the three SDKs are told of a search attribute: Python's for_keyword("X"), Go's NewSearchAttributeKeyKeyword("X"), TypeScript's. */
const attributeForms = [
  /SearchAttributeKey\.for_(?<kind>\w+)\(\s*["'](?<name>\w+)["']/g,
  /NewSearchAttributeKey(?<kind>\w+)\(\s*"(?<name>\w+)"/g,
  /defineSearchAttributeKey\(\s*["'](?<name>\w+)["'],\s*SearchAttributeType\.(?<kind>\w+)/g,
];

/** The search attributes that a project's source defines, with their kinds. */
export function searchAttributesIn(files: readonly SourceFile[]): Record<string, string> {
  const found = attributeForms.flatMap((form) => files.flatMap(({ text }) => [...text.matchAll(form)]));
  return Object.fromEntries(found.flatMap(({ groups }) => {
    const word = (groups?.['kind'] ?? '').replaceAll('_', '').toLowerCase();
    const kind = kindWords[word] ?? attributeKinds.find((each) => each.toLowerCase() === word);
    return kind === undefined ? [] : [[groups?.['name'] ?? '', kind]];
  }));
}

const endpointForms = [
  /\b\w*NEXUS\w*ENDPOINT\w*\s*(?::\s*\w+\s*)?=\s*["']([A-Za-z][\w-]*)["']/gi,
  /\bcreate_nexus_client\([^)]*\bendpoint\s*=\s*["']([A-Za-z][\w-]*)["']/g,
];

/** The Nexus endpoint that a project's source names; undefined where it names none, or several. */
export function endpointIn(files: readonly SourceFile[]): string | undefined {
  const found = endpointForms.flatMap((form) => files.flatMap(({ text }) => [...text.matchAll(form)].flatMap(([, name]) => name ?? [])));
  const [only, other] = new Set(found);
  return other === undefined ? only : undefined;
}

const secondsIn: Readonly<Record<string, number>> = {
  s: 1, sec: 1, second: 1, seconds: 1,
  m: 60, min: 60, minute: 60, minutes: 60, ms: 0.001,
};

/** How long a stop waits for activities: Go's WorkerStopTimeout, TypeScript's shutdownGraceTime. */
const graceForms = [
  /\bWorkerStopTimeout:\s*(?:(?<number>\d+)\s*\*\s*)?time\.(?<unit>Second|Minute)\b/g,
  /\bshutdownGraceTime:\s*['"](?<number>\d+)\s*(?<unit>[a-z]+)['"]/g,
  /\bshutdownGraceTime:\s*(?<number>[\d_]+)\b/g,
];

/** How long a stop waits for activities, in seconds, in the code of a Go or TypeScript worker; 0 is what their SDKs do by themselves. */
export function graceSecondsIn(files: readonly SourceFile[]): number {
  const found = graceForms.flatMap((form) => files.flatMap(({ text }) => [...text.matchAll(form)]));
  return Math.max(0, ...found.map(({ groups }) => (
    Number((groups?.['number'] ?? '1').replaceAll('_', '')) * (secondsIn[(groups?.['unit'] ?? 'ms').toLowerCase()] ?? 1)
  )));
}

/** What the source of a project tells without being run. */
export type SourceFacts = {
  /** How the project calls itself. */
  readonly called: string;
  readonly knobs: readonly Knob[];
  readonly types: ReadonlyMap<string, Signature>;
  readonly graceSeconds: number;
  readonly searchAttributes: Readonly<Record<string, string>>;
};

/** Reads the source of a Go or Node project. */
export function factsIn(directory: string, make: Make): SourceFacts {
  const files = filesIn(directory);
  return {
    called: nameOf(directory, make), knobs: namesIn(files),
    graceSeconds: graceSecondsIn(files), searchAttributes: searchAttributesIn(files),
    types: make === 'go' ? goSignatures(files) : typescriptSignatures(files),
  };
}
