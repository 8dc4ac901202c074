import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../support/command.ts';

const files = z.record(z.string(), z.string()).default({});
const pattern = z.string().transform((text) => new RegExp(text, 's'));

/** Arguments of Analysis as they stand in a spec file; `after` are lines that follow it, `files` take the place of the fault's. */
const build = z.strictObject({
  hiddenimports: z.string(), datas: z.string(), binaries: z.string(), excludes: z.string(), optimize: z.string(),
  module_collection_mode: z.string(), hookspath: z.string(), after: z.string(), strip: z.string(), files,
}).partial();

/** A fault that people reported, as a small worker: its job, the spec file that leaves something out, and one that does not. */
export const faultSchema = z.strictObject({
  library: z.string().optional(), // of those that agents are made with
  needs: z.array(z.string()).default([]), // as pip has them
  hazard: z.string(),
  remedy: pattern, // what the remedy must say
  also: z.array(z.string()).default([]), // other hazards that are right, too
  question: z.boolean().default(false), // what to do is to be asked: no change of the spec file does it
  given: z.string(), expect: z.string(), // of the job
  writes: z.array(z.string()).default([]), // what the contract says of where it writes
  files,
  bytes: files, // in base64
  faulty: build.default({}), right: build.default({}),
});

export type Build = z.output<typeof build>;
export type Fault = z.output<typeof faultSchema> & { readonly name: string };

export const faultsFolder = join(root, 'fixtures/faults');

/** The faults of fixtures/faults, by name. @throws {ZodError} where a file of them is not of their form. */
export function readFaults(): readonly Fault[] {
  return readdirSync(faultsFolder).filter((file) => file.endsWith('.yaml')).toSorted().map((file) => ({
    name: basename(file, '.yaml'), ...faultSchema.parse(parse(readFileSync(join(faultsFolder, file), 'utf8'))),
  }));
}
