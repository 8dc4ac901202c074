import { decideFor } from './decide.testing.ts';
import { ReleaseOnDisk } from './release.testing.ts';
import { gateRenderings } from './renderings.ts';
import { sha256Of } from './read/regular-file.ts';
import { evidencePath, evidenceText, freshReport } from './sample.testing.ts';

/** Fifty reports on disk, and the whole gate over them: reading, judging, rendering. Dispose of it when the measuring is done. */
export class FiftyReports implements Disposable {
  readonly #release = new ReleaseOnDisk();

  constructor() {
    // Every check quotes sixteen lines of evidence: 210 kB a report, almost three times a real one.
    const excerpt = Array.from({ length: 16 }, (_, index) => ({ number: index + 1, text: 'x'.repeat(80) }));
    for (let index = 0; index < 50; index += 1) {
      const report = freshReport('linux-amd64');
      const checks = report.checks.map(
        (check) => ({ ...check, evidence: [{ path: evidencePath, sha256: sha256Of(evidenceText), title: 'output', excerpt }] }),
      );
      this.#release.report(`p${index}`, { ...report, platform: { ...report.platform, id: `p${index}` }, checks });
    }
  }

  /** One run of the gate, without its process. */
  readonly gate = async (): Promise<void> => {
    const args = [this.#release.path('reports'), '--require', 'linux-amd64', '--report-dir', this.#release.path('out')];
    const gate = await decideFor(args);
    for (const { render } of gateRenderings) render(gate);
  };

  [Symbol.dispose](): void {
    this.#release[Symbol.dispose]();
  }
}
