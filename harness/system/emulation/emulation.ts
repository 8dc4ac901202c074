import { machinePlatform } from '../platform.ts';
import { probe, type Probed } from './probe-linux.ts';
import type { ProbeArchitecture } from './probe-program.ts';
import { emulatorOnDarwin } from './rosetta-darwin.ts';
import { emulatorOnWindows } from './wine-windows.ts';

/** What runs an executable in place of a processor or a system of its own. */
export type Emulation = {
  /** In words: `QEMU (qemu-aarch64-static)`. */
  readonly by: string;
  /** So many times as long everything takes, as was measured; 1 where the processor itself runs the instructions. */
  readonly slowdown: number;
};

/** How executables of a platform are run here: by the machine itself, by an emulator, or not at all. */
export type WayToRun = 'native' | 'none' | Emulation;

/** Of so many runs the fastest counts. */
const runs = 3;

/** Looks how executables of a platform run here, by starting a small one in `folder`; takes 10 ms, or 0.5 s under an emulator. */
export async function wayToRun(platform: string, folder: string): Promise<WayToRun> {
  const [[system, architecture], [own]] = [platform.split('-'), machinePlatform().split('-')];
  if (system !== own) return 'none';
  if (system === 'linux' && (architecture === 'amd64' || architecture === 'arm64')) return onLinux(architecture, folder);
  const by = system === 'darwin' ? emulatorOnDarwin(architecture) : emulatorOnWindows(architecture);
  if (by === 'none') return by;
  if (by !== undefined) return { by, slowdown: 1 };
  return platform === machinePlatform() ? 'native' : 'none';
}

async function onLinux(architecture: ProbeArchitecture, folder: string): Promise<WayToRun> {
  const first = await probe(architecture, folder);
  if (first === undefined) return machinePlatform() === `linux-${architecture}` ? 'native' : 'none';
  if (first.by === undefined) return 'native';
  const here = await fastest(architecture, folder);
  const natively = await fastest(architecture === 'arm64' ? 'amd64' : 'arm64', folder);
  const slowdown = natively === undefined || natively.by !== undefined || here === undefined ? 1 : Math.max(1, here.ms / natively.ms);
  return { by: titleOf(first.by), slowdown: Math.round(slowdown * 10) / 10 };
}

async function fastest(architecture: ProbeArchitecture, folder: string): Promise<Probed | undefined> {
  const all: Probed[] = [];
  for (let run = 0; run < runs; run++) all.push(...[await probe(architecture, folder)].flatMap((probed) => probed ?? []));
  return all.toSorted((a, b) => a.ms - b.ms)[0];
}

/** An emulator's own name, where its file's is known. */
function titleOf(file: string): string {
  const [, name] = [['qemu', 'QEMU'], ['rosetta', 'Rosetta 2'], ['box64', 'Box64']].find(([begin = '']) => file.startsWith(begin)) ?? [];
  return name === undefined ? file : `${name} (${file})`;
}

/** What a machine needs to run executables of a platform, for who has none of it. */
export function howToRun(platform: string): string {
  const [[system = '', architecture = ''], [own = '']] = [platform.split('-'), machinePlatform().split('-')];
  if (system === 'linux' && own === 'linux') return `QEMU runs it: install qemu-user-static and binfmt-support, so that ` +
    `/proc/sys/fs/binfmt_misc knows ${architecture === 'arm64' ? 'qemu-aarch64' : 'qemu-x86_64'}, and the C library of ${architecture}`;
  if (system === 'windows' && own === 'linux') return 'Wine runs it, with frostgate on Node for Windows (README, "Other platforms")';
  if (platform === 'darwin-amd64' && own === 'darwin') return 'Rosetta 2 runs it: softwareupdate --install-rosetta';
  return `run the verification on a machine of ${platform}`;
}
