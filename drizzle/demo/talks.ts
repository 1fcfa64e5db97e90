import { type AgentClient, signInByApi, startTalk } from './people.ts';

/** A conversation that is played through the API, as people would have it. */
export type Script = {
  department: 'Sales' | 'Support' | 'Billing';
  /** By the labels of the department's form. */
  answers?: Record<string, string>;
  url: string;
  userAgent?: string;
  /** The speaker of each line: the visitor (v), Maya (m) or Tom (t) to the visitor, Maya in a note (n). */
  lines: [who: 'v' | 'm' | 't' | 'n', body: string][];
  closed?: boolean;
};

export const shop = 'https://northwind.example';
export const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
export const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What stands in the inbox of a fresh demo, the oldest first. */
export const talks = [
  {
    department: 'Support',
    answers: { Name: 'Hannah Weiss', 'E-mail': 'hannah@weiss.example', 'What happened?': 'A seam' },
    url: `${shop}/returns`,
    userAgent: windows,
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
    lines: [
      ['v', 'Can I pay on account?'],
      ['m', 'You can, from the second order on.'],
      ['v', 'Good to know'],
    ],
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
    lines: [['v', 'Where do I find the invoice of October?']],
  },
] as const satisfies readonly Script[];

/** The demo's agents, signed in. */
export type DemoAgents = { maya: AgentClient; tom: AgentClient };

export async function signInDemoAgents(origin: string): Promise<DemoAgents> {
  const [maya, tom] = await Promise.all([
    signInByApi(origin, 'owner@acme.example'),
    signInByApi(origin, 'agent@acme.example'),
  ]);
  return { maya, tom };
}

/** Has a conversation, from its first line to its last. Gives its id. */
export async function play(origin: string, agents: DemoAgents, script: Script): Promise<string> {
  const { department, answers, url, userAgent, lines, closed } = script;
  const from = { url, ...(userAgent && { userAgent }) };
  const { id, say } = await startTalk(origin, department, answers, from);
  for (const [speaker, body] of lines) {
    if (speaker === 'v') await say(body);
    else if (speaker === 'n') await agents.maya.note(id, body);
    else await (speaker === 'm' ? agents.maya : agents.tom).reply(id, body);
  }
  if (closed) await agents.maya.close(id);
  return id;
}
