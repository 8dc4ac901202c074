import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '../model/report.ts';
import { renderings } from '../report/renderings.ts';
import { sha256Of } from './read/regular-file.ts';
import { binaryOf, contractText, evidencePath, evidenceText, freshReport } from './sample.testing.ts';

/** A release on disk: reports with what lies beside them, a contract, executables. For tests; disposing of it removes it. */
export class ReleaseOnDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'frostgate-gate-test-'));

  /** A path in the release's folder. */
  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** Writes a file in the release's folder and returns its path. */
  file(name: string, content: string | Uint8Array): string {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Writes the report folder of a platform: `reports/<name>`, by default with a passing report. Returns the path of its report.json. */
  report(name: string, report: Report = freshReport(name)): string {
    rmSync(this.path('reports', name), { recursive: true, force: true });
    const json = `${JSON.stringify(report, null, 2)}\n`;
    this.file(`reports/${name}/${evidencePath}`, evidenceText);
    for (const { file, render } of renderings) {
      const text = render(report, sha256Of(json));
      if (text !== undefined) this.file(`reports/${name}/${file}`, text);
    }
    return this.file(`reports/${name}/report.json`, json);
  }

  /** Writes the executable that the passing report of a platform is about. */
  artifact(platform: string): string {
    return this.file(`dist/agent-runner-${platform}`, binaryOf(platform));
  }

  /** Takes a file or a folder of it away. */
  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  contract(text = contractText): string {
    return this.file('worker-contract.yaml', text);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
