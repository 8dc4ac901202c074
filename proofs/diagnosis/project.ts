import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import { faultsFolder, type Build, type Fault } from './fault.ts';

const sandbox = "'temporalio.worker.workflow_sandbox._in_sandbox'"; // TW-17

/** The spec file of a build, as its owner would write it. */
export function specText(build: Build): string {
  const { hiddenimports = '[]', datas, binaries, excludes, optimize, module_collection_mode: mode, hookspath, after = '', strip } = build;
  const optional = Object.entries({ datas, binaries, excludes, optimize, module_collection_mode: mode, hookspath });
  const helpers = [...new Set([hiddenimports, datas, binaries].join(' ').match(/\b(?:collect|copy)_\w+/g))].toSorted();
  return [
    ...(helpers.length > 0 ? [`from PyInstaller.utils.hooks import ${helpers.join(', ')}`, ''] : []),
    'a = Analysis(', '    ["main.py"],', '    pathex=[SPECPATH],',
    `    hiddenimports=[${sandbox}]${hiddenimports === '[]' ? '' : ` + ${hiddenimports}`},`,
    ...optional.flatMap(([name, value]) => (value === undefined ? [] : [`    ${name}=${value},`])),
    '    runtime_hooks=["hooks/sandbox_open.py"],', ')', ...(after === '' ? [] : [after.trimEnd()]),
    `EXE(PYZ(a.pure), a.scripts, a.binaries, a.datas, name="worker"${strip === undefined ? '' : `, strip=${strip}`})`, '',
  ].join('\n');
}

/** The contract of the base, with the fault's one job. */
function contractText({ given, expect, writes }: Fault): string {
  const document = parseDocument(readFileSync(join(faultsFolder, 'base/worker-contract.yaml'), 'utf8'));
  const job = { name: 'does its job', workflow: 'Clerk', input: [given], expect: { result: expect } };
  document.addIn(['executions'], document.createNode(job));
  if (writes.length > 0) document.set('writes', writes);
  return document.toString({ lineWidth: 0 });
}

/** Writes one of the two projects of a fault; an environment and a build that lie there stay. */
export function writeProject(folder: string, fault: Fault, build: Build): void {
  for (const part of ['clerk', 'hooks']) rmSync(join(folder, part), { recursive: true, force: true });
  cpSync(join(faultsFolder, 'base'), folder, { recursive: true });
  const put = (name: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, text] of Object.entries({ ...fault.files, ...build.files })) put(name, text);
  for (const [name, text] of Object.entries(fault.bytes)) put(name, Buffer.from(text, 'base64'));
  put('worker.spec', specText(build));
  put('worker-contract.yaml', contractText(fault));
}
