import { expect, onTestFinished, test } from 'vitest';
import { keepDescriptors } from '../processes/reaper.ts';
import { Launch } from './launch.ts';
import { createRunFolder, newRun, removeRun } from './run-folder.ts';

/** Everything that a program can see of where it runs, a line each: `place=what is there`. */
const looks = `env | sed 's/^/variable /'; echo "cwd=$(pwd -P)"; for fd in 0 1 2; do echo "fd $fd=$(readlink /proc/self/fd/$fd)"; done
echo "descriptors=$(ls /proc/self/fd | tr '\\n' ' ')"; cut -c1-46 /proc/self/limits | sed 's/^/limit /; s/   */=/; s/ *$//'`;

/** What any two processes of a machine have in common. */
const common = /^(?:variable (?:LANG|PATH|SHLVL|_|OLDPWD)|fd 0|descriptors|limit (?!Max file locks|Max msgqueue))/;

test.runIf(process.platform === 'linux')('a launch sees nothing that says who watches, nor anything that the next one sees', async () => {
  keepDescriptors();
  const run = newRun();
  createRunFolder(run);
  onTestFinished(() => removeRun(run));
  const seen = [];
  for (let index = 0; index < 2; index += 1) {
    const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', looks], variant: 'subject' }, {});
    expect(await launch.waitForExit(10_000)).toMatchObject({ code: 0 });
    seen.push(launch.output.text().split('\n').filter((line) => line.includes('=')));
    await launch.dispose();
  }
  const [first = [], second = []] = seen;
  expect(first.join('\n')).toMatch(/variable HOME=\/[\s\S]*cwd=\/[\s\S]*descriptors=0 1 2 3 $[\s\S]*limit Max file locks=\d+$/m);
  expect(first.filter((line) => second.includes(line) && !common.test(line))).toEqual([]);
  const text = [...first, ...second].join('\n').toLowerCase();
  expect(text.replaceAll(process.cwd().toLowerCase(), '')).not.toMatch(/frostgate|harness|vitest/);
});
