import { parseArgs } from 'node:util';
import { play, signInDemoAgents, talks } from './talks.ts';

/**
 * `node drizzle/demo/play.ts --origin http://localhost:PORT` has the demo's conversations with a Foyer
 * that runs there and has the demo's people: a message is where its conversation's object keeps it,
 * and no other way leads there.
 */
const { values } = parseArgs({ options: { origin: { type: 'string' } } });
if (!values.origin) throw new Error('Where does Foyer run? --origin http://localhost:8787');
const agents = await signInDemoAgents(values.origin);
for (const talk of talks) await play(values.origin, agents, talk);
