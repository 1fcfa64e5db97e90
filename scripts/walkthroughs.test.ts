import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addChange, provesChange } from './walkthroughs/change.ts';
import { addEvent, provesEvents } from './walkthroughs/event.ts';
import { addField, provesField } from './walkthroughs/field.ts';
import { addResource, provesResource } from './walkthroughs/resource.ts';
import { addResourceField, provesResourceField } from './walkthroughs/resource-field.ts';
import { Scratch } from './walkthroughs/scratch.ts';
import { addSetting, provesSetting } from './walkthroughs/setting.ts';
import { mistakesOf, walkthroughIn } from './walkthroughs/walkthrough.ts';

/**
 * The walk-throughs of CONTRIBUTING.md, followed in a copy of the project: each touches the files that
 * it names, as many as its heading says, and afterwards the types are right and what was added works.
 */

const page = readFileSync(join(import.meta.dirname, '..', 'CONTRIBUTING.md'), 'utf8');

const recipes = [
  { title: 'An event of a conversation', follow: addEvent },
  { title: 'A field of a conversation', follow: addField },
  { title: 'A change that an agent asks for', follow: addChange },
  { title: 'A setting of an organization', follow: addSetting },
  { title: 'A resource of the dashboard', follow: addResource },
  { title: 'A field of a resource', follow: addResourceField },
];

const proof = `import { inspectRoutes } from 'hono/dev';
import { beforeAll, expect, test } from 'vitest';
import { app } from './http/app.ts';
import { ROWS } from './test/access/access.ts';
import { SignedInAgent, settleWorld, Visitor } from './test/world.ts';

let olive: SignedInAgent;
let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});
${provesField}${provesChange}${provesSetting}${provesResource}${provesResourceField}`;

const vitest = 'node_modules/vitest/vitest.mjs';

let scratch: Scratch;
const touched = new Map<string, string[]>();
const results = new Map<string, ReturnType<Scratch['run']>>();

beforeAll(async () => {
  scratch = new Scratch();
  for (const { title, follow } of recipes) {
    follow(scratch);
    touched.set(title, scratch.touched());
  }
  // The commands that the walk-throughs name.
  for (const command of [
    ['drizzle/migrations/generate.ts', '--name', 'walkthroughs'],
    ['scripts/protocol/index.ts'],
  ]) {
    const { ok, output } = await scratch.run(command);
    if (!ok) throw new Error(output);
  }
  scratch.prove('protocol/walkthroughs.test.ts', provesEvents);
  scratch.prove('worker/walkthroughs.worker.test.ts', proof);
  for (const [name, args] of Object.entries(checks)) results.set(name, scratch.run(args));
});

afterAll(async () => {
  // What still runs would write into it.
  await Promise.all(results.values());
  scratch.remove();
}, 60_000);

test.each(recipes)('$title: the files that it names, and no other', ({ title }) => {
  expect(mistakesOf(walkthroughIn(page, title), touched.get(title) ?? [])).toEqual([]);
});

/** Each begins at once; a test waits for its own. */
const checks = {
  'the types are right': ['node_modules/typescript/bin/tsc', '--build'],
  'migrations, copies, arrows, protocol and permissions are right': [
    ...[vitest, 'run', '--project', 'unit', '--no-isolate'],
    ...[
      'drizzle/migrations/migrations.test.ts',
      'drizzle/schemas.test.ts',
      'drizzle/copy/order.test.ts',
    ],
    ...[
      'drizzle/migrations/frozen.test.ts',
      'worker/auth/permissions.test.ts',
      'scripts/arrows.test.ts',
    ],
    ...[
      'worker/conversation/state/fields.test.ts',
      'scripts/protocol',
      'protocol/walkthroughs.test.ts',
    ],
  ],
  'what was added works': [
    ...[vitest, 'run', '--project', 'workers', 'worker/walkthroughs.worker.test.ts'],
  ],
};

test.each(Object.keys(checks))('with all of them %s', async (name) => {
  const { ok, output } = (await results.get(name)) ?? { ok: false, output: '' };
  expect(ok, output).toBe(true);
});

describe('a walk-through that is wrong', () => {
  const right = `### A thing (2 files and the migrations)

1. \`protocol/<name>.ts\`: what it is.
2. \`worker/list.ts\`: where it is.

- \`worker/<name>/access.ts\`: who gets it.

### Another (1 file)
`;
  const files = ['protocol/a-thing.ts', 'worker/list.ts', 'worker/a-thing/access.ts'];
  const mistakes = (text: string, paths = files) =>
    mistakesOf(walkthroughIn(text, 'A thing'), paths);

  test('is found by its number, by a file that it leaves out, and by one too many', () => {
    expect(mistakes(right)).toEqual([]);
    expect(mistakes(right.replace('2 files', '3 files'))).toHaveLength(2);
    expect(mistakes(right, [...files, 'worker/other.ts'])).toEqual([
      'It touches 3 files and not 2.',
      'No step names worker/other.ts.',
    ]);
    expect(mistakes(right, files.slice(1))).toEqual([
      'It touches 1 files and not 2.',
      'Nobody needs protocol/<name>.ts.',
    ]);
    expect(mistakes(right.replace(/^2\..*\n/m, ''))).toContain('No step names worker/list.ts.');
    expect(() => mistakes(right.replace('A thing', 'Things'))).toThrow('CONTRIBUTING.md');
  });
});
