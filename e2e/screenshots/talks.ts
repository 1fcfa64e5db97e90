import {
  iphone,
  play,
  type Script,
  shop,
  signInDemoAgents,
  talks,
  windows,
} from '../../drizzle/demo/talks.ts';
import type { Foyer } from '../support/foyer.ts';

/** The address of an order, as nobody can break it into lines. */
const unbroken = `${shop}/orders/${'8f14e45fceea167a5a36dedd4bea2543'.repeat(4)}`;
const essay = `I have tried everything on the help pages, in this order. ${'First I signed out and in again, then I emptied the cache, and then I tried another browser on another computer. '.repeat(9)}

None of it changed anything.`;

/** What is hard to lay out. */
const unusual: readonly Script[] = [
  {
    department: 'Support',
    answers: {
      Name: 'Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley and the Lower Mill',
      'E-mail': 'bartholomew.featherstonehaugh-cholmondeley@a-rather-long-domain.example',
      'What happened?': 'Nothing loads',
    },
    url: `${shop}/help`,
    userAgent: windows,
    lines: [
      ['v', essay],
      ['v', unbroken],
    ],
  },
  {
    department: 'Billing',
    url: `${shop}/cart`,
    userAgent: iphone,
    lines: [['v', '🎉👍']],
    closed: true,
  },
];

const [seam, account, tents, parcel, packs, invoice] = talks;
const [essayist, waving] = unusual;

/** The inbox of the pictures, and the minutes since the last message of each. */
const pictured: [Script | undefined, ago: number][] = [
  [seam, 1_560],
  [account, 200],
  [essayist, 96],
  [waving, 41],
  [tents, 18],
  [parcel, 9],
  [packs, 2],
  [invoice, 1],
];

/** Has all of them, and then sets the clocks of the lists back, so that they did not happen at once. */
export async function playTalks(foyer: Foyer): Promise<void> {
  const agents = await signInDemoAgents(foyer.origin);
  const happened: { id: string; ago: number }[] = [];
  for (const [script, ago] of pictured) {
    if (script) happened.push({ id: await play(foyer.origin, agents, script), ago });
  }
  for (const { id, ago } of happened) {
    const shift = ago * 60_000;
    const columns = ['last_message_at', 'waiting_since', 'activity_at', 'created_at', 'closed_at'];
    const set = columns.map((column) => `${column} = ${column} - ${shift}`).join(', ');
    await foyer.query(`UPDATE conversations SET ${set} WHERE id = '${id}'`);
    await foyer.query(`UPDATE widget_customers SET first_seen_at = first_seen_at - ${shift} - 86400000
      WHERE id = (SELECT widget_customer_id FROM conversations WHERE id = '${id}')`);
  }
}
