import { readCommandLine } from '../command-line/command-line.ts';
import { mustAnswer, signIn, type Target } from './client.ts';
import { loadCases } from './load.ts';
import { runCase } from './run.ts';

const HELP = `npm run conformance -- --url URL [options]

Plays the cases of protocol/cases against a running Foyer and reports each. The exit code is 1 where one
failed. It writes conversations into that Foyer: use one that is there for trying.

  --url URL               where it runs, as http://localhost:8787
  --key KEY               the widget's key (wk_demo without it)
  --other-key KEY         the key of another organization on the same Foyer
  --agent-email EMAIL     an agent of the first organization who may see every conversation
  --agent-password TEXT   their password; FOYER_AGENT_PASSWORD in the environment is kept out of ps
  --agent-cookie COOKIE   in place of both, a session's cookie: name=value
  --only TEXT             only cases whose subject or name has this text
  --timeout SECONDS       to wait for an answer or a frame (10 without it)

Cases that need what was not given are skipped, with a sentence that says what they need.
`;

const { values } = readCommandLine(
  {
    options: {
      url: { type: 'string' },
      key: { type: 'string', default: 'wk_demo' },
      'other-key': { type: 'string' },
      'agent-email': { type: 'string' },
      'agent-password': { type: 'string', default: process.env.FOYER_AGENT_PASSWORD },
      'agent-cookie': { type: 'string' },
      only: { type: 'string', default: '' },
      timeout: { type: 'string', default: '10' },
    },
  },
  HELP,
);

if (values.url === undefined) {
  console.error(`It needs the address of a Foyer: --url\n\n${HELP}`);
  process.exit(1);
}

/** Plays the cases and answers how many ended how. */
async function playAll(target: Target, only: string) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const testCase of loadCases()) {
    const title = `${testCase.subject}: ${testCase.name}`;
    if (!title.toLowerCase().includes(only.toLowerCase())) continue;
    const outcome = await runCase(target, testCase);
    counts[outcome.state] += 1;
    if (outcome.state === 'passed') console.log(`ok    ${title}`);
    else if (outcome.state === 'skipped') console.log(`skip  ${title}: ${outcome.why}.`);
    else console.log(`FAIL  ${title}\n      ${outcome.why}`);
  }
  return counts;
}

try {
  const target: Target = {
    url: values.url.replace(/\/+$/, ''),
    key: values.key,
    otherKey: values['other-key'],
    agentCookie: values['agent-cookie'],
    timeout: Number(values.timeout) * 1_000,
  };
  await mustAnswer(target);
  const { 'agent-email': email, 'agent-password': password } = values;
  if (email !== undefined && password !== undefined) {
    target.agentCookie = await signIn(target, email, password);
  }
  const { passed, failed, skipped } = await playAll(target, values.only);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  // That nothing could be tried is no success.
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
