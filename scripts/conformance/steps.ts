import { codeOf, send } from './client.ts';
import { differences } from './differences.ts';
import { valueAt } from './placeholders.ts';
import type { PlainStep, Step } from './schema.ts';
import { ClientSocket } from './socket.ts';
import { Skipped, type World } from './world.ts';

type Of<Key extends string> = Extract<PlainStep, Record<Key, unknown>>;

/** Plays one step. @throws Error saying how it went otherwise; Skipped where it cannot be played */
export async function play(world: World, step: Step): Promise<void> {
  if ('repeat' in step) {
    for (let i = 1; i <= step.repeat; i++) {
      world.names.set('i', i);
      for (const inner of step.steps) await play(world, inner);
    }
  } else if ('visitor' in step) {
    await world.arrive(step.visitor, step.key, step.token && world.names.text(step.token));
  } else if ('start' in step) await world.start(step.start, step.by);
  else if ('socket' in step) await openSocket(world, step);
  else if ('refused' in step) await expectRefusal(world, step);
  else if ('say' in step) world.socket(step.on).send(JSON.stringify(world.names.fill(step.say)));
  else if ('raw' in step) {
    const text = world.names.text(step.raw);
    world.socket(step.on).send(step.binary ? Buffer.from(text) : text);
  } else if ('hear' in step) await hear(world, step);
  else if ('hear_text' in step) {
    expectSame(step.hear_text, await world.socket(step.on).nextText());
  } else if ('silent' in step) await expectSilence(world, step);
  else if ('closed' in step) {
    const { code, reason } = await world.socket(step.on).closed();
    expectSame({ code: step.closed, reason: step.reason ?? reason }, { code, reason });
  } else if ('close' in step) world.socket(step.close).close();
  else await ask(world, step);
}

async function openSocket(world: World, { socket: name, at, by, hello }: Of<'socket'>) {
  const conversation = world.names.text(`<${at}>`);
  const { url, protocols, headers } = world.socketOf(conversation, by);
  const opened = await ClientSocket.open(url, protocols, headers, world.target.timeout);
  if (!(opened instanceof ClientSocket)) {
    throw new Error(`the socket was refused with ${opened.status}: ${opened.body}`);
  }
  world.keep(name, opened);
  if (hello === undefined) return;
  for (let after: unknown = hello, more = true; more; ) {
    opened.send(JSON.stringify({ type: 'hello', after }));
    const welcome = await opened.next('welcome');
    const messages = valueAt(welcome, 'messages');
    after = Array.isArray(messages) ? valueAt(messages.at(-1), 'seq') : undefined;
    more = valueAt(welcome, 'more') === true;
  }
}

async function expectRefusal(world: World, step: Of<'refused'>) {
  const conversation = world.names.text(step.refused);
  const { url, protocols, headers } = world.socketOf(conversation, step.by ?? 'nobody');
  const offered = step.protocols?.map((protocol) => world.names.text(protocol)) ?? protocols;
  const opened = await ClientSocket.open(url, offered, headers, world.target.timeout);
  if (opened instanceof ClientSocket) {
    opened.end();
    throw new Error('the socket opened');
  }
  const body: unknown = opened.body.startsWith('{') ? JSON.parse(opened.body) : null;
  expectSame(
    { status: step.status, ...(step.code && { body: { error: { code: step.code } } }) },
    { status: opened.status, body },
  );
}

async function hear(world: World, { hear: frame, on, save }: Of<'hear'>) {
  const received = await world.socket(on).next(frame.type);
  expectSame(world.names.fill(frame), received);
  world.save(received, save);
}

async function expectSilence(world: World, { silent, on }: Of<'silent'>) {
  const frames = await world.socket(on).settled();
  const unexpected = frames.filter((frame) => silent.includes(`${valueAt(frame, 'type')}`));
  if (unexpected.length > 0) throw new Error(`it heard ${JSON.stringify(unexpected)}`);
}

async function ask(world: World, step: Of<'request'>) {
  const { names, target } = world;
  const [method = '', path = ''] = names.text(step.request).split(/ (.*)/);
  const unknown = /<[^>]*>/.exec(path);
  if (unknown) throw new Error(`nothing is named ${unknown[0]}`);
  const filled = names.fill(step.body);
  if (JSON.stringify(filled)?.includes('.form>')) {
    throw new Skipped('it needs a department whose form has a required field');
  }
  const body = step.bytes === undefined ? jsonOf(filled) : names.text(step.bytes);
  const answer = await send(
    target,
    method,
    path,
    {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...world.headersOf(step.by),
      ...step.send_headers,
    },
    body,
  );
  const code = codeOf(answer);
  if (code === 'files_unavailable') throw new Skipped('this Foyer has no storage for files');
  if (code === 'unavailable' && path.endsWith('/transcript')) {
    throw new Skipped('this Foyer sends no mail');
  }
  if (answer.status !== step.status) {
    throw new Error(`the status is ${answer.status} (${code}) and not ${step.status}`);
  }
  if (step.answer !== undefined) expectSame(names.fill(step.answer), answer.body);
  if (step.headers) expectSame(step.headers, Object.fromEntries(answer.headers));
  world.save(answer.body, step.save);
}

const jsonOf = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));

function expectSame(expected: unknown, actual: unknown): void {
  const problems = differences(expected, actual);
  if (problems.length > 0) throw new Error(problems.join('; '));
}
