import { parseEnv } from 'node:util';

/** A name is looked at from its end. */
const pathLimit = 500;

/** Files that hold nothing but a secret. */
const always: readonly (readonly [RegExp, string])[] = [
  [/^[._]netrc$/, 'a list of passwords'],
  [/^\.pypirc$/, 'a login for a package index'],
  [/^\.pgpass$/, 'a list of passwords'],
  [/^\.git-credentials$/, 'a login for git'],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/, 'an SSH key'],
  [/\.(?:p12|pfx|jks|ppk)$/i, 'a store of private keys'],
];

/** Files that hold a secret when this is in them. */
const ifWithin: readonly (readonly [RegExp, RegExp, string])[] = [
  [/(?:^|\/)\.aws\/credentials$/, /aws_secret_access_key\s*=\s*\S/i, 'a login for AWS'],
  [
    /(?:credentials|secrets?|account)[^/]{0,60}\.json$/, /"(?:private_key|client_secret|refresh_token)"\s*:\s*"[^"]{8}/,
    'a login for Google Cloud',
  ],
  [/(?:^|\/)\.docker\/config\.json$/, /"auth"\s*:\s*"[^"]{8}/, 'a login for a container registry'],
  [/(?:^|\/)(?:\.kube\/config|kubeconfig)$/, /(?:client-key-data|token):\s*\S{8}/, 'a login for a Kubernetes cluster'],
  [/(?:^|\/)\.npmrc$/, /_authToken\s*=\s*[^\s$]{8}/, 'a login for a package registry'],
];

/** What a file holds that is called like a place for secrets, when there are some in it; `text` is its beginning. */
export function secretFile(fullPath: string, text: string): string | undefined {
  const path = fullPath.slice(-pathLimit);
  const name = path.split('/').at(-1) ?? path;
  if (text.trim() === '') return undefined;
  if (isDotenv(name)) return hasValues(text) ? 'a set of environment variables' : undefined;
  return always.find(([pattern]) => pattern.test(name))?.[1] ?? ifWithin.find(
    ([place, within]) => place.test(path) && within.test(text),
  )?.[2];
}

/** `.env` and `.env.production`; a template to copy is none. */
function isDotenv(name: string): boolean {
  return /^\.env(?:\..+)?$/.test(name) && !/\.(?:example|sample|template|dist|defaults?)$/.test(name);
}

function hasValues(text: string): boolean {
  return Object.values(parseEnv(text)).some((value) => value?.trim());
}
