import type { FileLink } from '../../../protocol/client/message/file-link.ts';
import { api, callAsAgent } from '../../api/http.ts';

const conversationRoute = api.admin.conversations[':id'];

/** A link to the file of a message, valid for some minutes. */
export function fileLink(id: string, seq: number): Promise<FileLink> {
  return callAsAgent((options) =>
    conversationRoute.files[':seq'].$get({ param: { id, seq: String(seq) } }, options),
  );
}

/** The path to which a conversation's files are uploaded, as the body of a request. */
export const filesPath = (id: string) =>
  `${conversationRoute.$url({ param: { id } }).pathname}/files`;
