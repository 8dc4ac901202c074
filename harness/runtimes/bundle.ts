import type { GoBuild } from './go/build-info.ts';
import type { NativeImage } from './native/native-image.ts';

/** What a file is and holds, read without running it. Plain data: it can be written as JSON and read back. */
export type Bundle = FrozenBundle | OpaqueBundle;

/** What its headers tell of any file. */
export type Described = {
  /** As it was named. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly format: 'ELF' | 'Mach-O' | 'PE' | 'script' | 'zip' | 'text' | 'empty' | 'unknown';
  /** As platformId names them, for example "linux-amd64"; several for a universal Mach-O, none for what is no native executable. */
  readonly platforms: readonly string[];
  /** What the executable itself needs of the system, one for each of its platforms. */
  readonly images: readonly NativeImage[];
  /** What is unusual and did not keep it from being read. */
  readonly oddities: readonly Oddity[];
};

/** An executable whose contents cannot be listed. */
export type OpaqueBundle = Described & {
  readonly kind: 'opaque';
  /** What made it, where a mark tells: "Go", "Nuitka", "PyOxidizer", "cx_Freeze", "Node …", ".NET …", "shiv", "pex". */
  readonly producer?: string;
  /** What Go says of a program that it built. */
  readonly go?: GoBuild;
  /** What lies in its folder, where that was read. */
  readonly nativeFiles?: readonly NativeFile[];
};

/** What PyInstaller froze: into one file that unpacks itself, or into a folder with the executable in it. */
export type FrozenBundle = Described & {
  readonly kind: 'one-file' | 'one-dir';
  readonly producer: 'PyInstaller';
  readonly generation: Generation;
  /** For example "3.13". */
  readonly pythonVersion: string;
  /** For example "libpython3.13.so.1.0". */
  readonly pythonLibrary: string;
  /** The first two bytes of a .pyc file of the same Python as a number, for example 3571 for 3.13; absent without a module archive. */
  readonly bytecodeMagic?: number;
  /** Where the package lies that the executable carries: in itself or, side-loaded, in `NAME.pkg` beside it; links are followed. */
  readonly archiveFile: string;
  /** One-dir: the folder of its files, seen from the executable's folder: "_internal", "." or "../Frameworks". */
  readonly contentsFolder?: string;
  readonly entries: readonly Entry[];
  readonly modules: readonly Module[];
  readonly distributions: readonly Distribution[];
  readonly nativeFiles: readonly NativeFile[];
  readonly links: readonly Link[];
  /** In the order in which they run. */
  readonly scripts: readonly Script[];
  /** What was baked in for interpreter and bootloader, for example "X utf8=1" and "pyi-contents-directory _internal". */
  readonly options: readonly string[];
  /** What the entries take in the executable and, one-dir, in the folder. */
  readonly storedBytes: number;
  /** One-file: what one running copy takes in the temporary directory. One-dir: what the folder's files take. */
  readonly extractedBytes: number;
};

/** The PyInstaller releases that can have made it: from the first on, before the second; absent where nothing tells. */
export type Generation = { readonly from?: string; readonly before?: string };

/** What an entry is for. */
export type Role =
  | 'bootstrap' | 'script' | 'modules' | 'base library' | 'module' | 'extension module' | 'library' | 'metadata' | 'data'
  | 'link' | 'option' | 'splash' | 'dependency' | 'zip' | 'unknown';

/** One entry of the package; in a one-dir bundle also one file of the folder. */
export type Entry = {
  /** With `/` between its parts, also where Windows has `\`; files of a one-dir folder count from the contents folder. */
  readonly name: string;
  readonly role: Role;
  /** PyInstaller's letter, for example "b" for a binary; those of a folder's files are told from what they are. */
  readonly typeCode: string;
  readonly storedBytes: number;
  /** Once extracted. */
  readonly sizeBytes: number;
  readonly compressed: boolean;
  /** From the first byte of `file`. */
  readonly offset: number;
  /** The file of a one-dir folder that it is, seen from the executable's folder; absent for what lies in `archiveFile`. */
  readonly file?: string;
};

/** Something that the frozen program can import. */
export type Module = {
  /** Dotted. */
  readonly name: string;
  readonly kind: 'module' | 'package' | 'namespace package' | 'extension module';
  /** "loose": a file of its own in the bundle; "bootstrap": the loader's own. */
  readonly origin: 'PYZ' | 'base_library.zip' | 'loose' | 'bootstrap';
  /** The name of the entry that it is or lies in. */
  readonly entry: string;
  /** Where its code begins in that entry; in base_library.zip, its local header. */
  readonly offset: number;
  readonly storedBytes: number;
};

/** A distribution whose metadata are in the bundle. */
export type Distribution = {
  readonly name: string;
  readonly version: string;
  /** For example "redis-8.1.0.dist-info". */
  readonly folder: string;
  /** Whether its METADATA is there and could be read; else name and version are the folder's. */
  readonly hasMetadata: boolean;
  readonly hasRecord: boolean;
  readonly entryPoints: readonly EntryPoint[];
};

/** A line of entry_points.txt. */
export type EntryPoint = { readonly group: string; readonly name: string; readonly target: string };

/** A library, extension module or program in the bundle. */
export type NativeFile = { readonly entry: string; readonly format: 'ELF' | 'Mach-O' | 'PE'; readonly images: readonly NativeImage[] };

/** A symbolic link. */
export type Link = { readonly name: string; readonly target: string };

/** A script that runs at start. */
export type Script = { readonly name: string; readonly kind: 'bootstrap' | 'runtime hook' | 'entry' };

/** Something that PyInstaller does not write, or that does not fit together. */
export type Oddity = {
  readonly kind:
    | 'damaged-executable' | 'damaged-member' | 'duplicate-name' | 'escaping-name' | 'escaping-link' | 'unclear-name' | 'second-archive'
    | 'unknown-type' | 'encrypted-code' | 'zip-bomb' | 'no-modules' | 'no-base-library' | 'no-python-library' | 'too-many-files'
    | 'unsafe-mode' | 'extended-attribute' | 'foreign-section' | 'appended-bytes';
  /** The entry, module or file; absent when it is about the whole. */
  readonly subject?: string;
  /** One sentence without a full stop. */
  readonly sentence: string;
};
