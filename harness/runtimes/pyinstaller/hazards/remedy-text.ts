import type { Finding } from '../../../model/report.ts';
import { changeOf, type SpecChange, type SpecEdit } from './spec-change.ts';

/** A change in words, with the exact text to put into the spec; without a full stop, so that a sentence may go on. */
export function remedyText(change: SpecChange): string {
  if (change.length === 0) return 'Build again from the locked environment, with pyinstaller --clean';
  const modules = change.flatMap((edit) => (edit.kind === 'hidden-import' ? [edit.module] : []));
  const others = change.filter((edit) => edit.kind !== 'hidden-import').map(clauseOf);
  const imports = modules.length === 0 ? [] : [`Add hiddenimports=${listed(modules)} to Analysis(…) in the spec file`];
  return [...others, ...imports].map(
    (clause, index) => (index === 0 ? clause : `${clause.slice(0, 1).toLowerCase()}${clause.slice(1)}`),
  ).join(', and ');
}

/** The remedy of a row of the table, in words; for names that no spec file could hold, that they are the thing to look at. */
export function remedyFor(hazard: string, args: Finding['args']): string {
  const change = changeOf({ hazard, args });
  return change === undefined ? 'Look at the line: what it names is no name that a spec file could hold' : remedyText(change);
}

/** What somebody does by hand who makes an edit: a clause without a full stop. */
function clauseOf(edit: SpecEdit): string {
  switch (edit.kind) {
    case 'hidden-import':
      return `Add hiddenimports=['${edit.module}'] to Analysis(…) in the spec file`;
    case 'submodules':
      return `Add hiddenimports += collect_submodules('${edit.package}') to the spec file`;
    case 'package-data':
      return `Add datas += collect_data_files('${edit.package}') to the spec file`;
    case 'data-file':
      return `Add datas=[('${edit.file}', '.')] to Analysis(…) in the spec file`;
    case 'metadata':
      return `Add datas += copy_metadata('${edit.distribution}') to the spec file`;
    case 'include':
      return withoutExclude(edit);
    case 'exclude':
      return `Add excludes=['${edit.module}'] to Analysis(…) in the spec file`;
    case 'module-copy':
      return `Put a copy of ${edit.module}.py in a directory listed in Analysis(pathex=[…])`;
    case 'runtime-hook':
      return `Add a runtime hook to Analysis(runtime_hooks=[…]) that contains:\n${edit.text}`;
    default:
      return `Add module_collection_mode={'${edit.package}': 'pyz+py'} to Analysis(…) in the spec file`;
  }
}

/** An import of `a.b` fails when `a` is excluded, and when `a.b` is. */
function withoutExclude({ module, imports }: Extract<SpecEdit, { kind: 'include' }>): string {
  const [top = module] = module.split('.');
  const other = top === module ? '' : ` (or '${module}')`;
  return `Remove '${top}' from excludes=[…] in the spec file${other}; if it is not there, add hiddenimports=${listed(imports)} to ` +
    'Analysis(…)';
}

function listed(modules: readonly string[]): string {
  return `[${modules.map((module) => `'${module}'`).join(', ')}]`;
}
