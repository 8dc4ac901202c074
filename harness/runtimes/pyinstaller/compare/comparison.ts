import { lostMembers } from './damage.ts';
import { missingData } from './data.ts';
import { developmentTools } from './excluded.ts';
import { hintsOf, mentionHints } from './hints.ts';
import { otherKinds } from './kinds.ts';
import { missingMetadata } from './metadata.ts';
import { missingModules } from './modules.ts';
import { foreignMembers } from './native-architecture.ts';
import { floorNotes, floorsOverLimit } from './native-floor.ts';
import { originsIn } from './origins.ts';
import { emptyNamespaces, missingEntryPoints, missingPlugins } from './plugins.ts';
import { otherPython } from './python.ts';
import { missingSandboxModule, sandboxModule } from './sandbox.ts';
import { staleSources } from './sources.ts';
import { otherVersions } from './versions.ts';

/** What can be said of a bundle by itself and beside its baseline, its lock and its contract; one function each. */
export const comparison = {
  developmentTools, emptyNamespaces, floorNotes, floorsOverLimit, foreignMembers, hintsOf, lostMembers, mentionHints, missingData,
  missingEntryPoints, missingMetadata, missingModules, missingPlugins, missingSandboxModule, originsIn, otherKinds, otherPython, otherVersions,
  sandboxModule, staleSources,
};

export type Comparison = typeof comparison;
