import type { LiveKind, LiveRecord } from '../../../protocol/resources/live.ts';
import type { MemberRole } from '../../../protocol/resources/member.ts';
import { frameText, MOST_IN_FRAME } from './broadcast.ts';
import type { SocketMemory } from './socket-memory.ts';

/** Records that changed, and whose lists have them. */
export type ChangePart<Kind extends LiveKind = LiveKind> = {
  items: readonly LiveRecord<Kind>[];
  /** Ids that these agents' lists no longer have. */
  removed: readonly string[];
  /** Only for these roles. */
  roles?: readonly MemberRole[];
  /** Only for this user. */
  only?: string;
  /** For everyone but this user. */
  except?: string;
};

/** A change of one kind, as the organization's object tells it. */
export type SettingChange = {
  what: LiveKind;
  version: number;
  /** The roles that may read the kind. Nobody else is told. */
  readers: readonly MemberRole[];
  /** Null: dashboards load the list again. */
  parts: readonly ChangePart[] | null;
};

type Reader = Pick<SocketMemory, 'id' | 'role'>;

/**
 * The frame of a change for each agent: null for an agent who may not read the kind. Agents who get
 * the same records share the text. A reader whom no record concerns gets a frame without records, so
 * that their numbers have no gap. Records that are too long for a frame are left out, as for a socket
 * whose role is not known: then the dashboard loads the list.
 */
export function framesOf({ what, version, readers, parts }: SettingChange) {
  const texts = new Map<string, string>();
  const bare = frameText({ type: 'setup', what, version });

  function textFor(fitting: readonly ChangePart[]): string {
    const items = fitting.flatMap((part) => part.items);
    const removed = fitting.flatMap((part) => part.removed);
    const text = frameText({ type: 'setup', what, version, items, removed });
    return text.length > MOST_IN_FRAME ? bare : text;
  }

  return ({ id, role }: Reader): string | null => {
    if (role === undefined || parts === null) return bare;
    if (!readers.includes(role)) return null;
    const fitting = parts.filter(
      ({ roles, only, except }) =>
        (roles?.includes(role) ?? true) && (only ?? id) === id && except !== id,
    );
    const key = fitting.map((part) => parts.indexOf(part)).join();
    let text = texts.get(key);
    if (text === undefined) {
      text = textFor(fitting);
      texts.set(key, text);
    }
    return text;
  };
}
