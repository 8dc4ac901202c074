import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, Runtime } from '@temporalio/worker';
import { installQuietRuntime, quietLogger } from './quiet-runtime.ts';

// A script of its own: the bundler's memory is given back when it ends.
const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: bundle-calling-workflow.ts FILE');
installQuietRuntime();
const { code } = await bundleWorkflowCode({ workflowsPath: fileURLToPath(import.meta.resolve('./calling-workflow.ts')), logger: quietLogger });
await writeFile(target, code);
await Runtime.instance().shutdown();
