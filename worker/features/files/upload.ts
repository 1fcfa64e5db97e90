import { z } from 'zod';
import { storable } from '../../../drizzle/storable.ts';
import { FILE_REFUSALS, fileNameOf, refusalOf } from '../../../protocol/files.ts';
import { isImage } from '../../../protocol/images.ts';
import { MAX_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { Ack } from '../../conversation/room/post.ts';
import { ownVisitorId, type Visitor, type Who } from '../../conversation/who.ts';
import { openDatabase } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { lostService } from '../../http/failures.ts';
import { cleaned } from '../../http/input/fields.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { organizationObject } from '../../organization/address.ts';
import { findFileMegabytes } from '../settings/store.ts';
import { keyOf, newFileId } from './key.ts';
import { HEAD_BYTES, kindOf } from './kind.ts';

/** Characters of a name as a request may give it: systems hold 255 bytes, and it is shortened. */
const MAX_GIVEN_NAME = 2_000;

const MEGABYTE = 1_000_000;

/** What a request says of the file in its body. */
export const uploadQuery = z.object({
  /** Names the message: sent again, it changes nothing and gets the first ack (P4). */
  id: z.uuid(),
  name: z
    .string()
    .max(MAX_GIVEN_NAME)
    .overwrite((name) => fileNameOf(storable(name)))
    .refine((name) => !isEmpty(name), 'A file needs a name.'),
  /** What is said to it. */
  body: cleaned().max(MAX_MESSAGE_LENGTH).default(''),
  /** Pixels, as the sender's browser measured a picture. */
  width: z.coerce.number().int().min(1).max(100_000).optional(),
  height: z.coerce.number().int().min(1).max(100_000).optional(),
});

/**
 * Stores the bytes and then says the message that carries them: nobody learns of a file that is
 * not there. Bytes whose message could not be said are taken away, at once or by `sweepFiles`.
 *
 * @throws FoyerError as `Room.post`; files_unavailable without a bucket; validation_failed without a
 *   Content-Length; file_empty, file_program, payload_too_large; rate_limited
 */
export async function upload(
  env: Env,
  person: Who,
  conversationId: string,
  { id, name, body, width, height }: z.infer<typeof uploadQuery>,
  request: Request,
): Promise<Ack> {
  const { FILES: bucket } = env;
  if (!bucket) throw new FoyerError('files_unavailable');
  const size = sizeOf(request);
  const refusal = refusalOf({ name, size });
  if (refusal) throw refused(refusal);
  const existing = await callConversation(env, person, conversationId, (object) =>
    object.expect(person, id, body),
  );
  if (existing) return existing;
  if (person.role === 'visitor') await mustFitInDay(env, person, size);

  const { head, body: bytes } = await peek(request, size);
  const type = kindOf(head);
  if (type === null) throw refused('file_program');
  const fileId = newFileId();
  const key = keyOf(person.organization_id, conversationId, fileId);
  await bucket.put(key, bytes, { httpMetadata: { contentType: 'application/octet-stream' } });
  const file = {
    id: fileId,
    name,
    type,
    size,
    ...(isImage(type) && width && height && { width, height }),
  };
  try {
    return await callConversation(env, person, conversationId, (object) =>
      object.post(person, { id, kind: 'file', body, file }),
    );
  } catch (error) {
    await bucket.delete(key).catch(() => {});
    throw error;
  }
}

/** @throws FoyerError rate_limited where the visitor or the organization has had enough for a day */
async function mustFitInDay(env: Env, visitor: Visitor, size: number): Promise<void> {
  const { organization_id, address } = visitor;
  const most = await bytesOfDay(env, organization_id);
  const inbox = organizationObject(env, organization_id);
  const retryAfter = await inbox.takeFile(ownVisitorId(visitor), size, { most, address });
  if (retryAfter === null) return;
  const message = 'The limit of files for today is reached. Try again tomorrow.';
  throw new FoyerError('rate_limited', { message, retryAfter });
}

/** The organization's own number of bytes; while the database is away the installation's holds. */
async function bytesOfDay(env: Env, organizationId: string): Promise<number | undefined> {
  try {
    const megabytes = await findFileMegabytes(openDatabase(env), organizationId);
    return megabytes === null ? undefined : megabytes * MEGABYTE;
  } catch (error) {
    if (lostService(error) !== 'database') throw error;
    return undefined;
  }
}

function sizeOf(request: Request): number {
  const length = request.headers.get('content-length');
  const size = Number(length);
  if (length === null || !Number.isInteger(size) || size < 0) {
    const message = 'The request needs a Content-Length.';
    throw new FoyerError('validation_failed', { message, fields: { file: message } });
  }
  return size;
}

/** The first bytes, and the whole again as a stream of known length. */
async function peek(request: Request, size: number) {
  if (!request.body) throw refused('file_empty');
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let buffered = 0;
  while (buffered < Math.min(HEAD_BYTES, size)) {
    const { value, done } = await reader.read();
    if (done) break;
    chunks.push(value);
    buffered += value.length;
  }
  const head = new Uint8Array(buffered);
  let at = 0;
  for (const chunk of chunks) {
    head.set(chunk, at);
    at += chunk.length;
  }
  const whole = new FixedLengthStream(size);
  const pumped = pump(head, reader, whole.writable);
  // A body that breaks off breaks the stream, and with it what reads it.
  pumped.catch(() => {});
  return { head: head.subarray(0, HEAD_BYTES), body: whole.readable };
}

async function pump(
  head: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  try {
    await writer.write(head);
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      await writer.write(value);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
    throw error;
  }
}

function refused(code: 'file_empty' | 'file_program' | 'payload_too_large'): FoyerError {
  const message = FILE_REFUSALS[code];
  return new FoyerError(code, { message, fields: { file: message } });
}
