import { fork, spawnSync, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

type Told = {
  readonly survivors: string[]; readonly strays: string[]; readonly stuck: number[]; readonly ways: string;
  readonly left: { readonly processes: number; readonly files: number };
  /** How the script ended, and what it said: where nothing got away, that tells why. */
  readonly exit: unknown; readonly said: string;
};

/** Runs a program in a PID namespace of its own, with a /proc to it. */
const elsewhere = ['--user', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc'];
const canUnshare = process.platform === 'linux' && spawnSync('unshare', [...elsewhere, 'true']).status === 0;

/** What a harness tells of one launch of this script. */
async function launched(script: string, by: ForkOptions = { execArgv: [] }): Promise<Told> {
  const child = fork(fileURLToPath(import.meta.resolve('./escapees.fixture.ts')), [script], by);
  const [told] = (await once(child, 'message')) as [Told];
  return told;
}

/** Forks, starts a session, forks again, closes everything, clears the environment, takes another name. */
const daemon = (program: string): string =>
  `(cd /; exec 0<&- 1>&- 2>&-; setsid env -i /bin/bash -c '(exec -a "[kworker/u9:2]" ${program}) & exit' & exit) & wait`;
/** Starts the next one and ends, every 100 ms. */
const chain = 'link() { sleep 0.1; [ $1 -gt 0 ] && link $(($1 - 1)) & }; ' +
  '(setsid bash -c "$(declare -f link); link 3000" >/dev/null 2>&1 &); ' +
  'sleep 0.3';
const lifting = 'ulimit -S -x unlimited; ulimit -S -q 819200; ';

describe.skipIf(process.platform !== 'linux')('whatever it does to get away, it is named, ended, and the machine is as before', () => {
  test.each([
    ['a daemon with everything closed, cleared and renamed', daemon('sleep 600'),
      /\[kworker\/u9:2\] 600; runs \/\S*sleep; began \d+\.\d s after its worker; /],
    ['one that ignores every signal that it can', daemon('bash -c "trap \\"\\" TERM INT HUP QUIT; sleep 600; true"'), /600/],
    ['one that was started when it was told to end', `trap '${daemon('sleep 601').replaceAll("'", String.raw`'\''`)}; exit' EXIT; exit 3`,
      /\[kworker\/u9:2\] 601/],
    ['a chain of processes', chain, /bash -c link|sleep 0\.1|\(bash\)|\(sleep\)/],
  ])('%s', async (_, script, named) => {
    const { survivors, strays, stuck, left, ways } = await launched(script);
    expect(ways).toBe('limit marks, and orphans are handed to the harness (subreaper)');
    expect(survivors.join('\n')).toMatch(named);
    expect({ strays, stuck, left }).toEqual({ strays: [], stuck: [], left: { processes: 0, files: 0 } });
  });

  const takesOff = `${lifting}${daemon('sleep 602')}`;
  /** Of it and of what it came from, where that was still there; each may have been seen before it took its other name. */
  const strayed = /^\d+ .*; its parent was gone before it was seen$/;
  const exit = { code: 0, signal: null, atMs: expect.any(Number) };
  const nothingElse = { survivors: [], said: '', exit, left: { processes: 0, files: 0 } };

  const inAnother: ForkOptions = { execPath: 'unshare', execArgv: [...elsewhere, process.execPath] };
  const places: [string, ForkOptions?][] = [
    ['one that takes off its marks is found because nobody but the harness gets it'],
    ['also where the session of the harness began outside its PID namespace, and is told as 0', inAnother],
  ];

  test.each(places.filter(([, by]) => by === undefined || canUnshare))('%s', async (_, by) => {
    const told = await launched(takesOff, by);
    expect(told).toMatchObject(nothingElse);
    expect(told.strays).not.toEqual([]);
    for (const stray of told.strays) expect(stray).toMatch(strayed);
  });

  test('a listener is named with its address, and where it came from', async () => {
    const listen = 'require("net").createServer().listen(0, "127.0.0.1", () => console.log("listens"))';
    const script = `exec 3< <("${process.execPath}" -e '${listen}'); read -u 3; sleep 1; exit 0`;
    const { survivors } = await launched(script);
    // On a busy machine it may have been seen at the moment of its exec, when it has no command line.
    expect(survivors.join('\n')).toMatch(/listens on 127\.0\.0\.1:\d+; began \d+\.\d s after its worker; started by \d+ /);
    expect(survivors.join('\n')).toMatch(/started by \d+ (?:\/bin\/bash -c |\(bash\))/);
  });
});
