import { join } from 'node:path';
import { launchBrowser } from '../e2e/support/browser.ts';
import { type Foyer, startFoyer } from '../e2e/support/foyer.ts';
import type { Bench } from './bench.ts';
import { scratchFolder } from './harness/folder.ts';
import { checkOut } from './harness/release.ts';
import { type Compressor, startCompressor } from './weight/compressor.ts';
import { ONE_RENDERER } from './weight/conditions.ts';
import { type Dashboard, fillTalks, measureDashboard, medianOf } from './weight/dashboard.ts';
import {
  missedByDashboard,
  printDashboard,
  printLongList,
  slowDashboard,
} from './weight/dashboard-report.ts';
import { measureLongList } from './weight/long-list.ts';
import { createRecorder } from './weight/requests.ts';

/** The commit that the dashboard is compared with: before its first screen and switches were cut. */
const BASE = '239e3e62';

/** The order of the turns; each version is first as often as second. */
const TURNS = ['now', 'base', 'base', 'now'] as const;

type Side = { foyer: Foyer; compressor: Compressor; conversations: string[] };

/** The dashboard's part of `weight` alone, beside BASE in turns. */
export const bench: Bench = {
  summary: `the dashboard: first screen, switches, ten thousand rows; beside ${BASE}`,
  notInAll:
    'it starts two versions and a browser, which takes longer than twenty seconds; e2e/journeys/quiet.test.ts and e2e/dashboard/long-inbox.test.ts hold bytes and counts',
  async run({ quick }) {
    const folder = scratchFolder();
    const browser = await launchBrowser(ONE_RENDERER);
    const sides: Side[] = [];
    const start = async (checkout?: string): Promise<Side> => {
      const foyer = await startFoyer({ vars: { FOYER_DEMO: 'people' }, checkout });
      const compressor = await startCompressor(
        Number(new URL(foyer.origin).port),
        createRecorder(),
      );
      const side = { foyer, compressor, conversations: await fillTalks(foyer.origin) };
      sides.push(side);
      return side;
    };
    try {
      const now = await start();
      // In a quick run the other version would take longer than everything else.
      const base = quick ? null : await start(checkOut(BASE, join(folder, BASE)));
      const runs: { now: Dashboard[]; base: Dashboard[] } = { now: [], base: [] };
      for (const turn of quick ? (['now'] as const) : TURNS) {
        const { compressor, conversations } = (turn === 'base' && base) || now;
        runs[turn].push(await measureDashboard(browser, compressor, conversations, quick ? 2 : 24));
      }
      const figures = medianOf(runs.now);
      const before = base && medianOf(runs.base);
      printDashboard(figures, before && { name: BASE, dashboard: before });
      const longList = await measureLongList(browser, now.foyer);
      printLongList(longList);
      return {
        missed: missedByDashboard(figures, longList),
        slow: slowDashboard(figures, longList),
        figures: { now: figures, base: before, long_list: longList },
      };
    } finally {
      await browser.close();
      for (const { foyer, compressor } of sides) {
        compressor.stop();
        await foyer.dispose();
      }
    }
  },
};
