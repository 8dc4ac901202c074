import { tellingTexts } from './known-placeholders.ts';
import type { Contract } from './schema.ts';
import { isSecuredPlace, type SecuredPlace } from './secured-places.ts';

/** A variable or flag by which the worker is told one of them. */
export type SecuredPointer = { readonly name: string; readonly what: SecuredPlace };

/** All of these. */
export function securedPointers({ temporal: { tls, apiKey } }: Pick<Contract, 'temporal'>): SecuredPointer[] {
  const { ca, cert, key, serverName } = typeof tls === 'object' ? tls : {};
  return Object.entries({ ca, cert, key, serverName, apiKey }).flatMap(([what, name]) => (
    name !== undefined && isSecuredPlace(what) ? [{ name, what }] : []
  ));
}

/** What of it stands in a text as a placeholder. */
function usedIn(text: string): SecuredPlace[] {
  return [...text.matchAll(/\{temporal\.(\w+)\}/g)].flatMap(([, name = '']) => (isSecuredPlace(name) ? [name] : []));
}

/** Whether a text holds what nobody may see. */
export const holdsKey = (text: string): boolean => usedIn(text).some((place) => place === 'apiKey' || place === 'keyPem');

/** How a worker of this contract is to come to its server. */
export type Secured = {
  /** Whether it is told whom to trust; else it trusts whom the system does. */
  readonly isToldCa: boolean;
  readonly isToldServerName: boolean;
  readonly hasCertificate: boolean;
  readonly hasApiKey: boolean;
};

/** Where a canary stands for the API key that no variable gives. */
export const unnamedKey = 'temporal.apiKey';

/** The name of the canary that is the API key. */
export const apiKeyName = ({ temporal: { apiKey } }: Contract): string => apiKey ?? unnamedKey;

/** What a contract promises of TLS and the API key; undefined where it says nothing of either. A key alone promises TLS too. */
export function securedOf(contract: Contract): Secured | undefined {
  const written = tellingTexts(contract).flatMap(({ text }) => usedIn(text));
  const told = new Set([...securedPointers(contract).map(({ what }) => what), ...written]);
  if (contract.temporal.tls === undefined && told.size === 0) return undefined;
  const has = (...places: readonly SecuredPlace[]): boolean => places.some((place) => told.has(place));
  return {
    isToldCa: has('ca', 'caPem'), isToldServerName: has('serverName'), hasCertificate: has('cert', 'certPem'), hasApiKey: has('apiKey'),
  };
}

type Problem = readonly [path: readonly (string | number)[], sentence: string | false | undefined];

/** What contradicts itself in it: where, and one sentence. */
export function securedProblems(contract: Contract): Problem[] {
  const { temporal: { tls, apiKey }, environment } = contract;
  const { cert, key } = typeof tls === 'object' ? tls : {};
  const [missing, given] = cert === undefined ? ['cert', key] : ['key', cert];
  const alone = (cert === undefined) !== (key === undefined);
  const names = securedPointers(contract).map(({ name }) => name);
  return [
    [['temporal', 'tls', missing], alone && `is missing beside ${given}: a certificate and its private key are of use together only`],
    [['temporal', 'apiKey'], apiKey !== undefined && environment[apiKey]?.secret !== true
      && `${apiKey} must be in environment with secret: true, so that the key is looked for wherever it must not be`],
    ...contract.arguments.map((text, index) => [['arguments', index], holdsKey(text) && 'what is on a command line is no secret: hand it ' +
      'over by a variable or a file'] as const),
    ...Object.entries(environment).map(([name, { value, secret }]) => [['environment', name, 'value'], holdsKey(value ?? '') && !secret
      && 'holds a key: write secret: true beside it'] as const),
    [['temporal', 'tls'], names.some((name, index) => names.indexOf(name) < index) && 'one variable cannot be told two things: ' +
      names.filter((name, index) => names.indexOf(name) < index).join(', ')],
  ];
}
