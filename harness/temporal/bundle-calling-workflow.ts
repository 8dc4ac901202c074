import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, Runtime } from '@temporalio/worker';
import { siblingModule } from '../system/tools/sibling.ts';
import { installQuietRuntime, quietLogger } from './quiet-runtime.ts';

// A script of its own: the bundler's memory is given back when it ends.
const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: bundle-calling-workflow FILE');
installQuietRuntime();
const { code } = await bundleWorkflowCode({ workflowsPath: siblingModule('calling-workflow', import.meta.url), logger: quietLogger });
await writeFile(target, code);
await Runtime.instance().shutdown();
