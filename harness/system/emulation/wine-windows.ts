import { createRequire } from 'node:module';

/** The IMAGE_FILE_MACHINE_* of an Arm processor, see "Image File Machine Constants" of Microsoft's documentation. */
const arm64 = 0xaa64;

/**
 * Who runs the programs of this Windows: Wine, which says so in its ntdll.dll (winehq.org, "Developer FAQ"), or Windows on Arm for those of
 * amd64 (IsWow64Process2). Undefined where it is Windows on its own processor. Of the second the documentation tells.
 */
export function emulatorOnWindows(architecture: string | undefined): string | undefined {
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    try {
      const version: unknown = koffi.load('ntdll.dll').func('const char *wine_get_version()')();
      return `Wine ${String(version)}`;
    } catch {} // no such function: it is Windows
    const kernel = koffi.load('kernel32.dll');
    const own: unknown = kernel.func('void * __stdcall GetCurrentProcess()')();
    const [process, native] = [Buffer.alloc(2), Buffer.alloc(2)];
    kernel.func('int __stdcall IsWow64Process2(void *process, void *machine, void *native)')(own, process, native);
    return architecture === 'amd64' && native.readUInt16LE(0) === arm64 ? 'Prism of Windows on Arm' : undefined;
  } catch {
    return undefined;
  }
}
