import { z } from 'zod';
import { runPython, type Baseline } from './baseline.ts';

const told = z.object({ cpuSeconds: z.number().nonnegative(), modules: z.number().int().nonnegative() });

/** What an import takes from source, with all that it imports in its turn. */
export type ImportCost = z.infer<typeof told>;

const program = `
import importlib, json, sys, time
before, start = len(sys.modules), time.process_time()
importlib.import_module(sys.argv[1])
print()
print(json.dumps({"cpuSeconds": time.process_time() - start, "modules": len(sys.modules) - before}))
`;

/** Imports a package in the baseline's environment, once; undefined where that does not go well, as of what is not installed there. */
export async function importCost(baseline: Baseline, name: string, signal?: AbortSignal): Promise<ImportCost | undefined> {
  try {
    return told.parse(JSON.parse(await runPython(baseline, ['-c', program, name], { signal })));
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
