import { uuidv7 } from '../../kernel/ids.ts';

/**
 * Where a file's bytes lie: `organization/day/conversation/file`. The organization comes first, so that
 * everything of a tenant can be listed; then the day, so that the newest are found without the rest.
 * The file's id holds the day, and 74 random bits. Nobody outside learns a key.
 */
export function keyOf(organizationId: string, conversationId: string, fileId: string): string {
  return `${organizationId}/${dayOf(fileId)}/${conversationId}/${fileId}`;
}

export function newFileId(): string {
  return uuidv7();
}

/** The UTC day in which an id was made, `2026-11-25`; UUID v7 begins with the time (RFC 9562, 5.7). */
function dayOf(id: string): string {
  const milliseconds = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The parts of a key; null for what is none. */
export function partsOf(
  key: string,
): { organizationId: string; conversationId: string; fileId: string } | null {
  const [organizationId, , conversationId, fileId] = key.split('/');
  if (!organizationId || !conversationId || !fileId) return null;
  return { organizationId, conversationId, fileId };
}
