// What can be said of a bundle by itself and beside its baseline, its lock and its contract; one function each.
export { bundledVersions } from './bundled.ts';
export { missingData } from './data.ts';
export { developmentTools } from './excluded.ts';
export { otherFiles } from './files.ts';
export { otherKinds } from './kinds.ts';
export { missingModules } from './modules.ts';
export { listedPackages, missingListings } from './listings.ts';
export { missingLibraries } from './taken-libraries.ts';
export { foreignMembers, misalignedLibraries } from './native-architecture.ts';
export { floorNotes, floorsOverLimit } from './native-floor.ts';
export { otherInside, withoutOthers } from './other-environment.ts';
export { originsIn } from './owner.ts';
export { copedMetadata, emptyNamespaces, isSame, missingEntryPoints, missingMetadata, missingPlugins } from './plugins.ts';
export { lostMembers, otherPython } from './python.ts';
export { closedSandbox, missingSandboxModule, sandboxModule } from './sandbox.ts';
export { staleSources } from './sources.ts';
export { unrunModules } from './unrun.ts';
export { installedVersions, otherVersions, unreadVersions } from './versions.ts';
