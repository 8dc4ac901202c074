import { posix } from 'node:path';
import type { FrozenBundle, NativeFile } from '../../bundle.ts';
import type { NativeImage } from '../../native/native-image.ts';
import type { Observation } from '../../../model/observation.ts';
import { atMost, plainName, someOf } from './told.ts';

const shownMembers = 10;

/**
 * Programs for Windows that setuptools and pip copy beside the scripts that they install, and debugpy's for processes that it attaches to:
 * data, never loaded.
 */
const carried = /(?:^|\/)(?:(?:setuptools\/(?:cli|gui)|distlib\/[tw])-?(?:32|64|arm64)?(?:-arm)?\.exe|pydevd_attach_to_process\/[^/]+)$/;

/** Native members that do not run on every platform of the executable: another processor, another system, another C library (NA-02). */
export function foreignMembers(bundle: FrozenBundle): Observation[] {
  const own = bundle.images.length > 0 ? bundle.images : bundle.platforms.map((platform): NativeImage => ({ platform, needs: [] }));
  return atMost(shownMembers, bundle.nativeFiles.filter(({ entry }) => !carried.test(entry)).flatMap((file) => foreignFact(file, own)));
}

/**
 * Libraries that the loader of the system refuses, because their segments do not lie where they must (NA-12), in one: `strip` does that to
 * files that auditwheel or patchelf has rewritten.
 */
export function misalignedLibraries({ nativeFiles }: FrozenBundle): Observation[] {
  const members = nativeFiles.filter(({ images }) => images.some(({ misaligned }) => misaligned)).map(({ entry }) => plainName(entry));
  if (members.length === 0) return [];
  return [{
    kind: 'misaligned-library', args: { members: someOf(members, shownMembers), count: `${members.length}` },
    line: `the segments of ${someOf(members, shownMembers)} do not lie where the loader takes them from`,
    names: members.flatMap((member) => [`file:${member}`, `file:${posix.basename(member)}`]),
  }];
}

function foreignFact({ entry, images }: NativeFile, own: readonly NativeImage[]): Observation[] {
  const lacking = own.filter((outer) => !images.some((image) => image.platform === outer.platform && sameLibrary(image, outer)));
  if (lacking.length === 0) return [];
  const [member, found, expected] = [plainName(entry), told(images), told(lacking)];
  const line = `${member} is for ${found}, the executable for ${told(own)}`;
  return [{ kind: 'foreign-member', args: { member, found, expected }, line, names: [`file:${member}`] }];
}

function sameLibrary(left: NativeImage, right: NativeImage): boolean {
  const [one, other] = [cLibrary(left), cLibrary(right)];
  return one === undefined || other === undefined || one === other;
}

/**
 * The C library that an ELF image is linked with, where it tells. glibc's is libc.so.6, musl's is libc.so or, in Alpine,
 * libc.musl-x86_64.so.1.
 */
function cLibrary({ interpreter = '', needs, glibc }: NativeImage): 'musl' | 'glibc' | undefined {
  if (/\/ld-musl-/.test(interpreter) || needs.some((name) => /^(?:libc\.so|libc\.musl-.*|ld-musl-.*)$/.test(name))) return 'musl';
  return glibc !== undefined || needs.includes('libc.so.6') ? 'glibc' : undefined;
}

function told(images: readonly NativeImage[]): string {
  const named = images.map((image) => plainName([image.platform, cLibrary(image) === 'musl' ? ' with musl' : ''].join('')));
  return [...new Set(named)].join(', ') || 'no platform';
}
