import { apiKeyName, securedOf } from '../harness/contract/secured.ts';
import { CouldNotJudge } from '../harness/model/errors.ts';
import { check } from '../harness/stage/check.ts';
import { connections } from '../harness/stage/connections.ts';
import { endedLaunches } from '../harness/stage/ended-launches.ts';
import { warmWorker } from '../harness/stage/exercised.ts';
import { launches } from '../harness/stage/launches.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { distrust, judgeCertificate, judgeKey, judgePlain, judgeTrust } from '../harness/stage/secured/judge.ts';
import { wrongServers } from '../harness/stage/secured/wrong-servers.ts';
import { failingTogether } from '../harness/stage/together.ts';

// How every launch came to the server, and what it makes of servers that it must not trust.

check('environment.tls', async ({ use, run, note, compares }) => {
  const { contract } = run;
  const secured = contract && securedOf(contract);
  if (secured === undefined) throw new NotApplicable('the contract promises neither TLS nor an API key (temporal.tls, temporal.apiKey)');
  const { server } = await use(connections);
  if (server.kind === 'external') throw new NotApplicable('what a worker shows to a server that is not ours is not seen');
  const all = await use(launches);
  const begun = await Promise.allSettled([use(warmWorker)]);
  const why = distrust(all.asPromised, secured);
  if (why !== undefined) throw new CouldNotJudge(why);
  for (const one of begun) if (one.status === 'rejected') throw one.reason;
  const wrong = await use(wrongServers);
  await use(endedLaunches);
  const ways = all.asPromised;
  const seen = ways.flatMap(({ calls }) => calls);
  compares(ways.flatMap(({ arrivals }) => arrivals).length + wrong.length, 'connections');
  note(`${ways.length} launches watched, ${wrong.length} servers with a wrong certificate`);
  const apiKey = secured.hasApiKey && contract !== undefined ? run.canaries[apiKeyName(contract)] : undefined;
  failingTogether(
    () => judgePlain([...ways, ...wrong.map(({ way }) => way)], apiKey), () => judgeTrust(wrong, apiKey),
    () => judgeCertificate(ways, secured), () => judgeKey(ways, apiKey),
  );
  const [unreadable = seen.length === 0 ? 'none was seen' : undefined] = ways.flatMap((way) => way.unreadable);
  if (unreadable !== undefined) throw new CouldNotJudge(`its calls could not be read: ${unreadable}`);
});
