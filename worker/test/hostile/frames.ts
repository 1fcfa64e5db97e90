import fc from 'fast-check';
import { z } from 'zod';
import { downFrame } from '../../../protocol/frames/down.ts';
import { type UpFrame, upFrame } from '../../../protocol/frames/up.ts';
import { MAX_FRAME_LENGTH } from '../../../protocol/limits.ts';
import { PING } from '../../../protocol/version.ts';
import { ERRORS } from '../../kernel/errors.ts';
import { broken, fitting, garbled, junk, type Schema } from './values.ts';

/** Frames as the protocol describes them, and broken on purpose; and what may come of them. */

export type Raw = string | ArrayBuffer;
export type Role = 'visitor' | 'agent';

const schema: Schema = JSON.parse(JSON.stringify(z.toJSONSchema(upFrame)));
const good = fitting(schema, []);
const text = good.map((frame) => JSON.stringify(frame));

/** Some frames of one socket, fewer in a row than get it closed for good. */
export const frames: fc.Arbitrary<Raw[]> = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Raw>[]>(
    { weight: 5, arbitrary: text },
    { weight: 8, arbitrary: broken(good).map((frame) => JSON.stringify(frame)) },
    { weight: 3, arbitrary: garbled(text) },
    { weight: 2, arbitrary: junk.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map(copied) },
    { weight: 1, arbitrary: text.map((frame) => frame.padEnd(MAX_FRAME_LENGTH + 1)) },
  ),
  { minLength: 20, maxLength: 40 },
);

/** The frame that the protocol sees in it; null where it must see none. */
function understood(raw: Raw): UpFrame | null {
  if (typeof raw !== 'string') return null;
  // Half a surrogate pair, as no browser sends it, arrives as three times U+FFFD and counts so.
  const arrived = raw.replace(/[\ud800-\udfff]/gu, '\ufffd\ufffd\ufffd');
  if (arrived.length > MAX_FRAME_LENGTH) return null;
  try {
    return upFrame.parse(JSON.parse(arrived));
  } catch {
    return null;
  }
}

/**
 * What is wrong with how the Worker took the frames of one side, in a conversation that an agent
 * has answered: each complaint as a sentence.
 *
 * @param answers what whoever said them got
 * @param received what the other side got
 */
export function complaints(
  role: Role,
  raws: readonly Raw[],
  answers: readonly unknown[],
  received: readonly unknown[],
): string[] {
  const problems: string[] = [];
  const parsed = (frame: unknown) => {
    const result = downFrame.safeParse(frame);
    if (!result.success) problems.push(`not of the protocol: ${JSON.stringify(frame)}`);
    return result.success ? [result.data] : [];
  };
  const ups = raws.filter((raw) => raw !== PING).map(understood);
  const refused = (frame: UpFrame | null) =>
    frame === null ||
    (frame.type === 'send' &&
      role === 'visitor' &&
      (frame.kind === 'note' || frame.mentions !== undefined));

  const errors = answers.flatMap(parsed).filter((frame) => frame.type === 'error');
  for (const { code, message } of errors) {
    if (!(code in ERRORS) || code === 'internal') problems.push(`the error ${code}`);
    if (/\bat .+:\d+|Error:|SQL/.test(message)) problems.push(`an inner message: ${message}`);
  }
  const wrong = ups.filter(refused).length;
  if (errors.length !== wrong) problems.push(`${errors.length} errors for ${wrong} wrong frames`);

  const due = ups.filter((frame) => !refused(frame)).flatMap((frame) => passedOn(frame));
  const frames = received.flatMap(parsed).flatMap((frame) => {
    if (frame.type === 'read' || frame.type === 'page') return [];
    if (frame.type === 'viewers' && role === 'visitor') return [];
    if (frame.type === 'message') return [`${frame.message.id} ${frame.message.body}`];
    return [frame.type === 'typing' ? `typing ${frame.typing}` : `a ${frame.type} frame`];
  });
  if (written(frames) !== written(due)) {
    problems.push(`the other side heard ${JSON.stringify(frames)} and not ${JSON.stringify(due)}`);
  }
  return problems;
}

/** As UTF-8 can say it: half a surrogate pair, which JSON may escape, becomes U+FFFD on the wire. */
function written(lines: readonly string[]): string {
  return JSON.stringify(
    lines.map((line) => line.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(/\ufffd+/g, '\ufffd')),
  );
}

/** What the other side receives of a frame, except for read marks, which depend on what came before. */
function passedOn(frame: UpFrame | null): string[] {
  if (frame?.type === 'typing') return frame.note ? [] : [`typing ${frame.typing}`];
  if (frame?.type === 'send' && frame.kind !== 'note') return [`${frame.id} ${frame.body}`];
  return [];
}

function copied(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
