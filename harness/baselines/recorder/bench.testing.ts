import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { referenceProject } from '../../run/reference.ts';
import { recordingEnvironment } from './closure.ts';

/** Everything that the reference loads in a run, thousands of modules. */
const imports = 'import agent_runner.worker, agent_runner.agent, langchain_anthropic, langchain_openai, langgraph.prebuilt, redis';

/** Loads the reference's modules from source, plainly and recorded: what the recorder costs. */
export class RecordedImports implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'frostgate-bench-'));

  async load(environment: Record<string, string> = {}): Promise<void> {
    await execa(join(referenceProject, '.venv/bin/python'), ['-c', imports], { cwd: referenceProject, env: environment, stdin: 'ignore' });
  }

  async loadRecorded(): Promise<void> {
    await this.load(recordingEnvironment(this.#folder));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true });
  }
}
