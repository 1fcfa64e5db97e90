import type { FileLink } from '../../../protocol/client/file-link.ts';
import { api, callAsAgent } from '../../api/http.ts';

const conversationRoute = api.admin.conversations[':id'];

/** A link to the file of a message, good for some minutes. */
export function fileLink(id: string, seq: number): Promise<FileLink> {
  return callAsAgent((options) =>
    conversationRoute.files[':seq'].$get({ param: { id, seq: String(seq) } }, options),
  );
}

/** Where a conversation's files are sent to, as the body of a request. */
export const filesPath = (id: string) =>
  `${conversationRoute.$url({ param: { id } }).pathname}/files`;
