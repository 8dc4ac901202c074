import { checks } from './checks.ts';
import { environment } from './environment.ts';
import { findings } from './findings.ts';
import { logs } from './logs.ts';
import { measurements } from './measurements.ts';
import { memory } from './memory.ts';
import { notVerified } from './not-verified.ts';
import { reproduce } from './reproduce.ts';
import type { Section } from './section.ts';
import { shutdown } from './shutdown.ts';
import { size } from './size.ts';
import { startUp } from './start-up.ts';
import { time } from './time.ts';
import { trouble } from './trouble.ts';

/** The page below its head, in order: what decides, then the proof, then the circumstances. A new section is one file and one line here. */
export const sections: readonly Section[] = [
  trouble, findings, logs, checks, shutdown, startUp, measurements, memory, size, notVerified, time, environment, reproduce,
];
