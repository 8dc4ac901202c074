import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import type { Secured } from '../../contract/secured.ts';
import type { Polling, SeenCall } from '../polling.ts';
import type { WrongServer } from './wrong-servers.ts';

/** What was seen of one way to the server. */
type Way = Pick<Polling, 'arrivals' | 'calls'>;

const arrivals = (ways: readonly Way[]) => ways.flatMap((way) => way.arrivals);
const calls = (ways: readonly Way[]): SeenCall[] => ways.flatMap((way) => way.calls);

/** "GetSystemInfo": the last part of a path, as in /temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo. */
const nameOf = ({ path }: SeenCall): string => path.slice(path.lastIndexOf('/') + 1);
const namesOf = (some: readonly SeenCall[]): string => [...new Set(some.map(nameOf))].slice(0, 5).join(', ');

const shows = (some: readonly SeenCall[], apiKey: string | undefined): boolean =>
  apiKey !== undefined && some.some(({ authorization }) => authorization?.includes(apiKey));

/** What a worker says without TLS, and whether its API key is there for everybody to read. */
export function judgePlain(ways: readonly Way[], apiKey: string | undefined): void {
  if (!arrivals(ways).some(({ how }) => how === 'plain')) return;
  const plain = calls(ways).filter(({ how }) => how === 'plain');
  const shown = shows(plain, apiKey);
  throw new CheckFailed(shown ? 'it sends its API key without TLS' : 'it calls the server without TLS', {
    expected: 'every connection by TLS',
    got: `a connection without TLS${plain.length === 0 ? '' : `: ${namesOf(plain)}${shown ? ', with its API key' : ''}`}`,
    remedy: 'is TLS switched on wherever it connects, and never given up when that fails? (Python: Client.connect(…, tls=True))',
  });
}

/** Who trusts a server with a wrong certificate tells it everything. */
export function judgeTrust(servers: readonly WrongServer[], apiKey: string | undefined): void {
  const trusted = servers.filter(({ way }) => way.arrivals.some(({ state, how }) => state === 'open' && how === 'tls'));
  const called = calls(trusted.map(({ way }) => way)).filter(({ how }) => how === 'tls');
  if (trusted.length > 0) throw new CheckFailed(`it trusts a server whose certificate ${trusted.map(({ which }) => which).join(', and ' +
    'one whose certificate ')}`, {
    expected: 'it gives up the handshake, and says nothing',
    got: `it calls that server: ${namesOf(called) || 'by HTTP/2'}${shows(called, apiKey) ? ', with its API key' : ''}`,
    remedy: 'is the verification switched off (InsecureSkipVerify, rejectUnauthorized: false, CERT_NONE), is a server name fixed in the ' +
      'code, or does something between them trust everybody?',
  });
  const unmet = servers.find(({ way }) => way.arrivals.every(({ state }) => state === 'greeting'));
  if (unmet !== undefined) throw new CouldNotJudge(`it did not call the server whose certificate ${unmet.which}`);
}

/** Whether every connection came with the certificate that it was given. */
export function judgeCertificate(ways: readonly Way[], { hasCertificate }: Secured): void {
  if (!hasCertificate) return;
  const open = arrivals(ways).filter(({ state, how }) => state === 'open' && how === 'tls');
  const without = open.find(({ certificate }) => certificate !== 'ours');
  if (without === undefined) return;
  throw new CheckFailed(`it shows ${without.certificate === 'none' ? 'no' : 'another'} client certificate`, {
    expected: 'the certificate that it was given (temporal.tls.cert), at every connection',
    got: without.certificate === 'none' ? 'no certificate, though the server asks for one' : 'a certificate of another authority',
    remedy: 'are certificate and key read and handed to the client? (Python: TLSConfig(client_cert=…, client_private_key=…), as bytes)',
  });
}

/** Whether every call shows the API key as Temporal's servers read it: `authorization: Bearer KEY`. */
export function judgeKey(ways: readonly Way[], apiKey: string | undefined): void {
  if (apiKey === undefined) return;
  const all = calls(ways);
  const bad = all.filter(({ authorization }) => authorization !== `Bearer ${apiKey}`);
  const [first] = bad;
  if (first === undefined) return;
  const how = first.authorization === undefined ? 'without its API key'
    : first.authorization.includes(apiKey) ? 'with its API key in another form' : 'with another API key';
  const some = bad.length < all.length ? `; ${namesOf(all.filter((call) => !bad.includes(call)))} with it` : '';
  throw new CheckFailed(`it calls the server ${how}: ${namesOf(bad)}`, {
    expected: 'authorization: Bearer KEY with every call',
    got: `${namesOf(bad)} ${how}${some}`,
    remedy: 'is the key read and handed to the client, which puts it into every call? (Python: Client.connect(…, api_key=…))',
  });
}

/** Why a worker came to nothing at a server whose certificate is right, in a sentence; undefined where it did not. */
export function distrust(ways: readonly Way[], { isToldCa }: Secured): string | undefined {
  const all = arrivals(ways);
  const refused = all.find(({ state }) => state === 'refused');
  if (refused === undefined || all.some(({ state }) => state === 'open')) return undefined;
  const how = isToldCa ? 'was told to trust'
    : 'has to trust by SSL_CERT_FILE: is there a variable, a flag or a file that tells it whom to trust (temporal.tls.ca)?';
  return `it does not trust the authority of this run (${refused.why ?? 'it went without a word'}), which it ${how}`;
}
