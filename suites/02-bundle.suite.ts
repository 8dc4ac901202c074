import { join } from 'node:path';
import { readLock } from '../harness/baselines/lock.ts';
import { modulesOfStart } from '../harness/baselines/recorder/closure.ts';
import { CouldNotJudge } from '../harness/model/errors.ts';
import { someIds } from '../harness/model/format.ts';
import { floorNotes, floorsOverLimit } from '../harness/runtimes/pyinstaller/compare/native-floor.ts';
import { withBeside } from '../harness/stage/beside.ts';
import { check } from '../harness/stage/check.ts';
import { beginRecording, beside, compared, surveyIfAny } from '../harness/stage/compared.ts';
import { mustBeNone } from '../harness/stage/must-be-none.ts';
import { frozenOf, subject } from '../harness/stage/frozen.ts';
import { mustMatch, versions } from '../harness/stage/other-environment.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';

check('bundle.native-architecture', async (context) => {
  beginRecording(context);
  const { bundle, compare } = await frozenOf(context);
  mustBeNone(context, compare.foreignMembers(bundle), {
    one: 'a file is for another platform', many: 'files are for other platforms', expected: bundle.platforms.join(', '),
  });
  mustBeNone(context, compare.misalignedLibraries(bundle), {
    one: 'the loader refuses libraries', many: 'the loader refuses libraries', expected: 'segments that lie where their alignment says',
  });
  context.compares(bundle.images.length + bundle.nativeFiles.length, 'native files');
  context.note(`${bundle.nativeFiles.length} native files`);
});

check('bundle.native-floor', async (context) => {
  const bundle = await withBeside(context);
  const { glibc, macos } = context.run.contract?.bundle ?? {};
  const limit = bundle.format === 'Mach-O' ? macos : bundle.format === 'ELF' ? glibc : undefined;
  const notes = floorNotes(bundle).join(', ') || 'nothing that is known';
  if (limit === undefined) throw new NotApplicable('the contract promises no oldest system ' +
    `(bundle.${bundle.format === 'Mach-O' ? 'macos' : 'glibc'}); it needs ${notes}`);
  const survey = await surveyIfAny(context);
  mustBeNone(context, floorsOverLimit(bundle, { glibc, macos }, survey?.distributions), {
    one: 'a file needs a newer system', many: 'files need a newer system', expected: `${limit} or older`,
  });
  context.compares(bundle.images.length + (bundle.nativeFiles ?? []).length, 'native files');
  context.note(notes);
});

check('bundle.python', async (context) => {
  const { bundle, compare } = await frozenOf(context);
  const allowed = context.run.contract?.bundle.python;
  const survey = await surveyIfAny(context);
  if (allowed === undefined && survey === undefined) throw new NotApplicable('the contract allows any Python (bundle.python), and ' +
    'there is no baseline');
  mustBeNone(context, compare.otherPython(bundle, allowed, survey), {
    one: 'it holds another Python', many: 'reasons against its Python', expected: allowed ?? "the baseline's Python",
  });
  context.compares(1, 'Python');
  context.note(`Python ${bundle.pythonVersion}`);
});

check('bundle.secrets', async (context) => {
  const { bundle } = await frozenOf(context);
  context.compares(bundle.entries.length + bundle.modules.length, 'members');
  mustBeNone(context, (await context.use(subject)).secrets ?? [], {
    one: 'a secret is frozen in', many: 'secrets are frozen in', expected: 'no key, token or .env file',
  });
});

check('bundle.versions', async (context) => {
  const { bundle, compare } = await beside(context);
  const { bundled, lock, own } = await context.use(versions);
  const read = Map.groupBy(bundled.filter(({ same }) => same !== undefined), ({ by = 'metadata' }) => by);
  context.compares([...read.values()].flat().length, 'distributions');
  mustBeNone(context, compare.otherVersions(bundle, lock, own, bundled), {
    one: 'a distribution has another version', many: 'distributions have other versions', expected: `the versions of ${lock.file}`,
  });
  const unread = compare.unreadVersions(lock, bundled);
  if (unread.length > 0) throw new CouldNotJudge(`nothing inside tells the version of ${someIds(unread, 8)}: no metadata, no version in ` +
    `its code, no file to compare with the installed ones; add copy_metadata('${unread[0]}') to the spec`);
  const told = Array.from(read, ([by, of]) => `${of.length} by ${by}`);
  context.note(`the versions of ${lock.file}: ${told.join(', ')}`);
});

// The two side by side: one compiles sources, the other waits for the recording of the baseline.
check('bundle.sources', async (context) => {
  const { bundle, compare, baseline, survey } = await beside(context);
  const { signal } = context;
  const { others } = await context.use(versions);
  // The code of all dependencies takes some seconds.
  const installed = context.run.profile !== 'quick';
  const modules = await compare.staleSources(bundle, baseline, survey, { installed, others, signal });
  const files = await compare.otherFiles(bundle, survey, { others, signal });
  const what = `${installed ? 'modules' : 'modules of the project'} and files`;
  context.compares(modules.compared + files.compared, what);
  mustBeNone(context, [...modules.observations, ...files.observations], {
    one: 'it is a stale build', many: 'modules or files are of a stale build',
    expected: "the working tree's source, and what it has installed",
  });
  const left = others.size === 0 ? '' : `; not compared: ${[...others.values()].join(', ')}`;
  context.note(`${modules.compared} ${installed ? 'modules' : 'modules of the project'} and ${files.compared} files compared${left}`);
}, { concurrent: true });

check('bundle.modules', async (context) => {
  const what = { one: 'modules are missing', many: 'groups of modules are missing', expected: 'every module that the baseline loads' };
  const { bundle: frozen, compare } = await frozenOf(context);
  const { mentions } = await context.use(subject);
  if (compare.lostMembers(frozen).length > 0) throw new CouldNotJudge('what Python starts with is missing: see artifact.intact');
  const { closure, survey } = await compared(context).catch((error: unknown) => {
    // Nothing was recorded; what keeps every workflow from starting can be seen all the same.
    const { workflows = ['any'] } = context.run.contract?.registers ?? {};
    mustBeNone(context, compare.missingSandboxModule(frozen, workflows.length > 0 && mentions?.unsandboxed !== true), what);
    throw error;
  });
  const atStart = modulesOfStart(closure);
  if (atStart !== undefined) context.loadedAtStart(atStart);
  const originOf = compare.originsIn(survey);
  await mustMatch(context, ({ bundle, closure: part }) => [
    ...compare.missingSandboxModule(bundle, closure.modules.has(compare.sandboxModule)),
    ...compare.missingModules(bundle, part, originOf, compare.otherKinds(bundle, part, survey)),
  ], what);
  context.compares(closure.modules.size, 'modules that the baseline loads');
  context.note(`${closure.modules.size} modules of the baseline, all inside`);
  const unrun = compare.unrunModules(frozen, closure, originOf);
  if (unrun.length > 0) {
    context.found(unrun);
    context.evidence('what no execution has loaded', 'unrun.txt', `${unrun.map(({ line }) => line).join('\n')}\n`);
  }
}, { concurrent: true });

check('bundle.kinds', async (context) => {
  const { compare, closure, survey } = await compared(context);
  context.compares(closure.modules.size, 'modules that the baseline loads');
  await mustMatch(context, ({ bundle, closure: part }) => compare.otherKinds(bundle, part, survey), {
    one: 'a module is frozen as something else',
    many: 'modules are frozen as something else',
    expected: 'the module or package that the baseline loads',
  });
});

check('bundle.data', async (context) => {
  const { bundle, compare, closure, survey, baseline } = await compared(context);
  context.found(compare.writtenBeside(closure, survey));
  if (closure.files.length + closure.listings.length === 0) {
    throw new NotApplicable('the baseline opens no file and looks into no folder');
  }
  context.compares(closure.files.length + closure.listings.length, 'files that the baseline opens and folders that it looks into');
  context.found(compare.unreadSources(bundle, closure));
  await mustMatch(context, (both) => [
    ...compare.missingData(both.bundle, both.closure, survey, baseline), ...compare.missingLibraries(both.bundle, both.closure, survey),
  ], {
    one: 'a data file is missing', many: 'packages lack data files', expected: 'every data file that the baseline opens',
  });
});

check('bundle.metadata', async (context) => {
  const { bundle, compare, closure, survey } = await compared(context);
  if (closure.metadata.length === 0) throw new NotApplicable('the baseline asks for no metadata');
  context.compares(closure.metadata.length, 'distributions whose metadata the baseline asks for');
  await mustMatch(context, (both) => compare.missingMetadata(both.bundle, both.closure).facts, {
    one: 'metadata are missing', many: 'distributions lack metadata', expected: 'the metadata that the baseline asks for',
  });
  const { coped } = compare.missingMetadata(bundle, closure);
  context.found(compare.copedMetadata(coped, closure, survey.distributions));
  if (coped.length > 0) context.note(`not inside, which whoever asks expects: ${coped.map(({ distribution }) => distribution).join(', ')}`);
});

check('bundle.plugins', async (context) => {
  const { compare, closure, survey: { children, ...rest }, baseline } = await compared(context);
  const originOf = compare.originsIn(rest);
  const script = join(baseline.directory, baseline.entry);
  const [folders, asked] = [Object.keys(children).length + compare.listedPackages(closure), closure.entryPoints.length];
  if (folders + asked === 0) throw new NotApplicable('there is no place where the baseline looks for plugins');
  context.compares(folders + asked, 'places to look for plugins');
  await mustMatch(context, ({ bundle, closure: part, survey }) => [
    ...compare.missingPlugins(bundle, part, survey.children), ...compare.missingEntryPoints(bundle, part, survey.distributions),
    ...compare.missingListings(bundle, part, originOf, script),
  ], {
    one: 'plugins are missing',
    many: 'plugins are missing',
    expected: 'every plugin that the baseline finds',
  });
});

check('bundle.excluded', async (context) => {
  const { bundle, compare } = await frozenOf(context);
  const { baseline, contract } = context.run;
  context.compares(bundle.modules.length, 'modules');
  const what = {
    one: 'a tool is inside that a worker does not need',
    many: 'tools are inside that a worker does not need',
    expected: 'no tool for tests, linting or graphics',
  };
  const both = baseline === undefined || contract === undefined ? undefined : await compared(context).catch((error: unknown) => {
    // What the contract excludes needs no comparison.
    mustBeNone(context, compare.developmentTools(bundle, contract.bundle.excludes), what);
    throw error;
  });
  const use = both && { loaded: new Set(
    [...both.closure.modules.keys()].map((name) => name.split('.')[0] ?? name),
  ), lock: (await readLock(both.baseline))?.versions, distributions: both.survey.distributions };
  mustBeNone(context, compare.developmentTools(bundle, contract?.bundle.excludes ?? [], use), what);
});
