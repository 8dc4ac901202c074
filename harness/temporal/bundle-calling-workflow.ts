import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { siblingModule } from '../system/tools/sibling.ts';
import { dataConverter } from './data-converter.ts';

// A script of its own: the bundler's memory is given back when it ends.
const [target = ''] = process.argv.slice(2);
const workflowsPath = siblingModule('calling-workflow', import.meta.url);
const { code } = await bundleWorkflowCode({ workflowsPath, ...dataConverter, logger: new DefaultLogger('ERROR') });
await writeFile(target, code);
