import type { Release } from './release.ts';
import { holds, isAbout } from './judge/excuse.ts';
import type { GateWaiver } from '../model/gate.ts';
import { shown } from './shown.ts';

/** Every waiver that was given with what became of it, in the order of the command line. */
export function waiverStates({ waivers, reports, now }: Release): GateWaiver[] {
  return waivers.map((waiver) => {
    const { id, platform, reason, until } = waiver;
    const about = reports.read.filter(({ report }) => report.checks.some((check) => isAbout(waiver, check, report)));
    const excuses = holds(waiver, now) ? [...new Set(about.map(({ report }) => shown(report.platform.id, 40)))] : [];
    const state = !holds(waiver, now) ? 'expired' : excuses.length > 0 ? 'used' : 'unused';
    return { id: shown(id), ...(platform !== undefined && { platform }), reason: shown(reason, 500), until, state, excuses };
  });
}
