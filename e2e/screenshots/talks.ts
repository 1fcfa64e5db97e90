import { signInByApi, startTalk } from '../api.ts';
import type { Foyer } from '../foyer.ts';

/** One conversation of the inbox that the pictures show. */
type Script = {
  department: 'Sales' | 'Support' | 'Billing';
  /** By the labels of the department's form. */
  answers?: Record<string, string>;
  url: string;
  userAgent?: string;
  /** Minutes since its last message. */
  ago: number;
  /** Who says what: the visitor (v), Maya (m) or Tom (t) to the visitor, Maya in a note (n). */
  lines: [who: 'v' | 'm' | 't' | 'n', body: string][];
  closed?: boolean;
};

const shop = 'https://northwind.example';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The address of an order, as nobody can break it into lines. */
const unbroken = `${shop}/orders/${'8f14e45fceea167a5a36dedd4bea2543'.repeat(4)}`;
const essay = `I have tried everything on the help pages, in this order. ${'First I signed out and in again, then I emptied the cache, and then I tried another browser on another computer. '.repeat(9)}

None of it changed anything.`;

const scripts: readonly Script[] = [
  {
    department: 'Support',
    answers: { Name: 'Hannah Weiss', 'E-mail': 'hannah@weiss.example', 'What happened?': 'A seam' },
    url: `${shop}/returns`,
    userAgent: windows,
    ago: 1_560,
    lines: [
      ['v', 'The seam of my jacket came open after two days.'],
      ['t', 'I am sorry to hear that. A new one leaves today, and you can keep the old one.'],
      ['v', 'That is more than I hoped for. Thank you!'],
    ],
    closed: true,
  },
  {
    department: 'Billing',
    url: `${shop}/checkout`,
    ago: 200,
    lines: [
      ['v', 'Can I pay on account?'],
      ['m', 'You can, from the second order on.'],
      ['v', 'Good to know'],
    ],
    closed: true,
  },
  {
    department: 'Support',
    answers: {
      Name: 'Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley and the Lower Mill',
      'E-mail': 'bartholomew.featherstonehaugh-cholmondeley@a-rather-long-domain.example',
      'What happened?': 'Nothing loads',
    },
    url: `${shop}/help`,
    userAgent: windows,
    ago: 96,
    lines: [
      ['v', essay],
      ['v', unbroken],
    ],
  },
  {
    department: 'Billing',
    url: `${shop}/cart`,
    userAgent: iphone,
    ago: 41,
    lines: [['v', '🎉👍']],
    closed: true,
  },
  {
    department: 'Sales',
    answers: {
      Name: 'ليلى حداد',
      'Work e-mail': 'layla@haddad.example',
      'Team size': '11 to 50',
    },
    url: `${shop}/tents`,
    userAgent: iphone,
    ago: 18,
    lines: [
      ['v', 'مرحبا، هل تشحنون إلى عمّان؟ نحتاج إلى ١٢ خيمة قبل نهاية الشهر.'],
      ['t', 'أهلاً ليلى! نعم، خلال خمسة أيام عمل.'],
      ['v', 'ممتاز، وكم تكلفة الشحن؟'],
    ],
  },
  {
    department: 'Support',
    answers: {
      Name: 'Daniel Osei',
      'E-mail': 'daniel@osei.example',
      'What happened?': 'The parcel is not where it should be',
    },
    url: `${shop}/orders/20417`,
    userAgent: windows,
    ago: 9,
    lines: [
      ['v', 'My parcel says “delivered”, but there is nothing at the door.'],
      ['v', 'Order 20417'],
    ],
  },
  {
    department: 'Sales',
    answers: {
      Name: 'Priya Raman',
      'Work e-mail': 'priya@ramandesign.example',
      Phone: '+44 20 7946 0018',
      'Team size': '2 to 10',
    },
    url: `${shop}/packs/harbour-30`,
    userAgent: windows,
    ago: 2,
    lines: [
      ['v', 'Hi! Does the Harbour 30 fit a 16-inch laptop?'],
      ['m', 'Hello Priya! It does: the sleeve is 38 cm, so there is even room for a case.'],
      ['v', 'Perfect. We are eight people, is there something for teams?'],
      ['n', 'Design studio in London. Asked for samples in spring; worth a good offer.'],
      ['m', 'From six packs on we take 15 % off, and we put your logo on the flap for free.'],
      ['v', 'That would be lovely. Can I see what that looks like?'],
    ],
  },
  {
    department: 'Billing',
    url: `${shop}/account/invoices`,
    userAgent: iphone,
    ago: 1,
    lines: [['v', 'Where do I find the invoice of October?']],
  },
];

/** Has all of them, and then sets the clocks of the lists back, so that they did not happen at once. */
export async function playTalks(foyer: Foyer): Promise<void> {
  const maya = await signInByApi(foyer.origin, 'owner@acme.example');
  const tom = await signInByApi(foyer.origin, 'agent@acme.example');
  const happened: { id: string; ago: number }[] = [];
  for (const { department, answers, url, userAgent, ago, lines, closed } of scripts) {
    const from = { url, ...(userAgent && { userAgent }) };
    const talk = await startTalk(foyer.origin, department, answers, from);
    for (const [who, body] of lines) {
      if (who === 'v') await talk.say(body);
      else if (who === 'n') await maya.note(talk.id, body);
      else await (who === 'm' ? maya : tom).reply(talk.id, body);
    }
    if (closed) await maya.close(talk.id);
    happened.push({ id: talk.id, ago });
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
