import { describe, expect, test } from 'vitest';
import type { Placed, Visibility } from '../../../protocol/conversation/visibility.ts';
import {
  type OrganizationFrame,
  organizationFrame,
} from '../../../protocol/frames/organization-socket.ts';
import { agentView, initialState } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import type { Change } from '../commit/news.ts';
import { broadcast, type Listener, MOST_IN_FRAME } from './broadcast.ts';

/** What each agent gets of a flush's changes. */

const SALES = '01900000-0000-7000-8000-00000000000a';
const BILLING = '01900000-0000-7000-8000-00000000000b';
const RITA: Visibility = { id: 'rita', departments: [SALES] };

const idAt = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const at = (department_id: string, assignee: Placed['assignee'] = null): Placed => ({
  department_id,
  assignee,
  mentions: [],
});

const summary = agentView(
  { ...FOUNDING, organization_id: idAt(91), department_id: SALES, customer_id: idAt(92) },
  initialState(FOUNDING),
);

function change(number: number, now: Placed, ...before: Placed[]): Change {
  return { conversation: { ...summary, ...now, id: idAt(number) }, before };
}

/** The frames that an agent gets; each must be one of the protocol. */
function framesOf(
  changes: readonly Change[],
  { agent = null, takesChanges = true }: { agent?: Visibility | null; takesChanges?: boolean } = {},
): OrganizationFrame[] {
  const texts: string[] = [];
  const listener: Listener = {
    restricted: () => agent,
    takesChanges,
    send: (text) => texts.push(text),
  };
  broadcast(changes, [listener]);
  return texts.map((text) => {
    const frame: unknown = JSON.parse(text);
    expect(organizationFrame.parse(frame)).toEqual(frame);
    return organizationFrame.parse(frame);
  });
}

/** Of each frame its type, and the conversations that it names. */
const named = (frames: OrganizationFrame[]) =>
  frames.map((frame) => {
    if (frame.type === 'conversation') return [frame.type, frame.conversation.id];
    if (frame.type === 'gone') return [frame.type, frame.id];
    if (frame.type !== 'changes') return [frame.type];
    return [frame.type, frame.conversations.map(({ id }) => id), frame.gone];
  });

const three = [change(1, at(SALES)), change(2, at(BILLING)), change(3, at(SALES))];

describe('K13: the changes of a flush', () => {
  test('are one frame', () => {
    expect(named(framesOf(three))).toEqual([['changes', [idAt(1), idAt(2), idAt(3)], []]]);
  });

  test('are a frame each for a dashboard that does not know the common one', () => {
    expect(named(framesOf(three, { takesChanges: false }))).toEqual([
      ['conversation', idAt(1)],
      ['conversation', idAt(2)],
      ['conversation', idAt(3)],
    ]);
  });

  test('are the frame that every dashboard knows, where there is one change', () => {
    expect(named(framesOf([change(1, at(SALES))]))).toEqual([['conversation', idAt(1)]]);
    const lost = [change(1, at(BILLING), at(SALES))];
    expect(named(framesOf(lost, { agent: RITA }))).toEqual([['gone', idAt(1)]]);
  });

  test('are nothing to an agent who sees none of them', () => {
    const hidden = [change(1, at(BILLING)), change(2, at(BILLING), at(BILLING))];
    expect(framesOf(hidden, { agent: RITA })).toEqual([]);
  });

  test.each([true, false])('show an agent only what they may see: %s', (takesChanges) => {
    const rita = { id: 'rita', name: 'Rita' };
    const changes = [
      change(1, at(SALES)),
      change(2, at(BILLING)),
      change(3, at(BILLING, rita)),
      // Handed on, and once more before anybody was told.
      change(4, at(BILLING), at(SALES), at(BILLING, rita)),
      change(5, at(BILLING), at(BILLING)),
      change(6, at(SALES), at(BILLING)),
    ];
    const frames = framesOf(changes, { agent: RITA, takesChanges });
    const visible = [idAt(1), idAt(3), idAt(6)];
    expect(named(frames)).toEqual(
      takesChanges
        ? [['changes', visible, [idAt(4)]]]
        : [...visible.map((id) => ['conversation', id]), ['gone', idAt(4)]],
    );
    const text = JSON.stringify(frames);
    for (const number of [2, 5]) expect(text).not.toContain(idAt(number));
  });

  test('are several frames where one would be too large', () => {
    const long = 'x'.repeat(MOST_IN_FRAME / 4);
    const changes = Array.from({ length: 7 }, (_, number) => {
      const { conversation, before } = change(number, at(SALES));
      return { conversation: { ...conversation, last_message_preview: long }, before };
    });
    const frames = framesOf(changes);
    const ids = frames.flatMap((frame) =>
      frame.type === 'changes' ? frame.conversations.map(({ id }) => id) : [],
    );
    expect(frames).toHaveLength(3);
    expect(ids).toEqual(changes.map(({ conversation }) => conversation.id));
  });
});
