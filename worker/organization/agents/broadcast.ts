import { sees, type Visibility } from '../../../protocol/conversation/visibility.ts';
import type { OrganizationFrame } from '../../../protocol/frames/organization-socket.ts';
import type { Change } from '../commit/news.ts';

/** Characters of the conversations in one frame. The rest goes into another. */
export const MOST_IN_FRAME = 256 * 1024;

/** An agent's socket, as far as it decides what is sent on it. */
export type Listener = {
  /** The agent, where they don't see every conversation; null: they do. */
  restricted: () => Visibility | null;
  /** Whether the dashboard knows the frame `changes`; if not, it gets a frame for each conversation. */
  takesChanges: boolean;
  send: (text: string) => void;
};

/** A conversation that changed, and its summary as JSON, written once for all agents. */
type Written = Change & { summary: string };

/**
 * Sends changed conversations to the agents. An agent gets the conversations that they see, and the
 * ids of those that they saw before and don't see any more; nothing of any other conversation.
 *
 * One change is a frame `conversation` or `gone`, which every dashboard knows. Several are one frame
 * `changes` for the dashboards that know it.
 */
export function broadcast(changes: readonly Change[], listeners: Iterable<Listener>): void {
  const all = changes.map(
    (change): Written => ({ ...change, summary: JSON.stringify(change.conversation) }),
  );
  const forEverybody = new Frames(all, []);
  for (const listener of listeners) {
    const agent = listener.restricted();
    const frames = agent ? framesFor(agent, all) : forEverybody;
    for (const text of frames.texts(listener.takesChanges)) listener.send(text);
  }
}

function framesFor(agent: Visibility, changes: readonly Written[]): Frames {
  const visible = changes.filter(({ conversation }) => sees(agent, conversation));
  const gone = changes.filter(
    ({ conversation, before }) =>
      !sees(agent, conversation) && before.some((place) => sees(agent, place)),
  );
  return new Frames(
    visible,
    gone.map(({ conversation: { id, version } }) => ({ id, version })),
  );
}

/** A conversation that an agent no longer sees, and the version with which it went. */
type Gone = { id: string; version: number };

/** The frames for agents who see the same; each kind is written when the first of them takes it. */
class Frames {
  readonly #visible: readonly Written[];
  readonly #gone: readonly Gone[];
  #single: string[] | undefined;
  #gathered: string[] | undefined;

  constructor(visible: readonly Written[], gone: readonly Gone[]) {
    this.#visible = visible;
    this.#gone = gone;
  }

  texts(takesChanges: boolean): readonly string[] {
    if (takesChanges && this.#visible.length + this.#gone.length > 1) {
      this.#gathered ??= gatheredFrames(this.#visible, this.#gone);
      return this.#gathered;
    }
    this.#single ??= [
      ...this.#visible.map(({ summary }) => `{"type":"conversation","conversation":${summary}}`),
      ...this.#gone.map(({ id, version }) => frameText({ type: 'gone', id, version })),
    ];
    return this.#single;
  }
}

function gatheredFrames(visible: readonly Written[], gone: readonly Gone[]): string[] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const { summary } of visible) {
    if (length > 0 && length + summary.length > MOST_IN_FRAME) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(summary);
    length += summary.length;
  }
  return parts.map((summaries, index) => {
    const rest = index === 0 ? gone : [];
    const ids = JSON.stringify(rest.map(({ id }) => id));
    const versions = JSON.stringify(rest.map(({ version }) => version));
    const conversations = summaries.join();
    return `{"type":"changes","conversations":[${conversations}],"gone":${ids},"gone_versions":${versions}}`;
  });
}

/** A frame as it is sent. */
export function frameText(frame: OrganizationFrame): string {
  return JSON.stringify(frame);
}
