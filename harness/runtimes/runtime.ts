import type { Launch } from '../system/launch/launch.ts';
import type { Hazards } from '../model/hazards.ts';
import type { Bundle } from './bundle.ts';
import type { ByteSource } from './native/byte-source.ts';
import type { Executable } from './native/executable.ts';
import type * as comparison from './pyinstaller/compare/comparison.ts';
import type { Examination, ExamineOptions } from './pyinstaller/examine.ts';

/** Everything that is known of what executables are made with. A new one is a folder, and a line in the registry. */
export type Runtime = {
  readonly id: string;
  /** What it says of an executable; undefined for what it did not make. Reads few bytes and does not throw for what they are. */
  readonly identify: (opened: OpenedFile) => Promise<Made | undefined>;
  /** Lists what is inside an executable that it made; `whole` reads every byte of it. Throws a BundleError when it cannot be read. */
  readonly open: (opened: OpenedFile, whole?: ExamineOptions) => Promise<Listed>;
  /** How what is inside is compared with the baseline, the lock and the contract; absent where nothing inside can be listed. */
  readonly compare?: () => Promise<Comparison>;
  /** What a start shows of itself beside what every start shows. */
  readonly starts?: (launch: Launch) => Starts;
  /** What it can leave in the folder for temporary files: the name of the folder into which it unpacks itself, and what to do about it. */
  readonly leftOvers?: { readonly folder: RegExp; readonly remedy: string };
  /** What it writes outside the folder for temporary files by itself, as a contract's `writes` would name it. */
  readonly writes?: readonly string[];
  /** Its resolver connects to a name server and writes, where others send. */
  readonly asksByWriting?: true;
  /** What no healthy start prints. */
  readonly alarms?: RegExp;
  /** How what it makes goes wrong; read when something has. */
  readonly hazards?: () => Promise<Hazards>;
  readonly words: {
    /** Its name, for example "PyInstaller". */
    readonly name: string;
    /** Who prints what `alarms` finds, for example "bootloader". */
    readonly printer?: string;
    /** How a version gets into what it makes. */
    readonly version?: string;
    /** How it comes that what it makes starts itself a second time. */
    readonly itself?: string;
    /** How what it makes gets smaller. */
    readonly smaller?: string;
  };
};

/** An executable file, open for reading. */
export type OpenedFile = { readonly file: string; readonly source: ByteSource; readonly executable: Executable };

export type Made = {
  /** For example "PyInstaller one-file, Python 3.11"; absent where nothing tells. */
  readonly freezer?: string;
  /** The Python inside, for example "3.13". */
  readonly pythonVersion?: string;
  /** The release as which it was built, by what its maker wrote into it, for example "1.0.0"; absent where that names none. */
  readonly builtAs?: string;
  /** What lies beside it and belongs to it, as names seen from its folder; `.` or `../..` for the whole of such a folder. */
  readonly beside?: readonly string[];
  /** Why the file cannot be whole, in one sentence without a full stop. */
  readonly damage?: string;
};

/** What is inside and, where that was asked for, what reading every byte of it showed. */
export type Listed = { readonly bundle: Bundle; readonly examination?: Examination };

/** Milliseconds from the spawn; absent what could not be seen. */
export type Starts = { readonly unpackedMs?: number | undefined; readonly firstImportMs?: number | undefined };

export type Comparison = typeof comparison;
