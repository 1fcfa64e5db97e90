import { fireEvent, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { MAX_MESSAGE_LENGTH } from '../../../../protocol/limits.ts';
import { standIn } from '../../../test/stand-in.ts';
import { InboxContext, type InboxContextValue } from '../../inbox/context.ts';
import type { Me } from '../../session/api.ts';
import { type Session, SessionContext } from '../../session/session.ts';
import type { Conversation } from '../conversation.ts';
import { Composer } from './Composer.tsx';

/** What an agent writes: when it is sent, when it is kept, and what is in the way. */

type Client = Conversation['client'];

const MAYA = { id: 'maya', name: 'Maya', email: 'maya@acme.example' };
const TOM = { kind: 'agent', id: 'tom', name: 'Tom' } as const;

beforeEach(() => {
  localStorage.clear();
});

/** A composer in a conversation of its own; `say` has a message arrive in it. */
function compose({ id = 'any', closed = null }: { id?: string; closed?: string | null } = {}) {
  const [messages, setMessages] = createSignal<readonly Message[]>([]);
  const [typing, setTyping] = createSignal<ReturnType<Conversation['typing']>>([]);
  const send = vi.fn<Client['send']>();
  const onReopen = vi.fn();
  const onSendAndClose = vi.fn();
  const conversation = standIn<Conversation>({
    id,
    client: standIn<Client>({
      send,
      typing: () => {},
      state: standIn<Client['state']>({ outgoing: [], connection: { state: 'open' } }),
      subscribe: () => () => {},
    }),
    head: () => null,
    ready: () => true,
    messages,
    typing,
  });
  const session = standIn<Session>({
    me: standIn<Me>({ role: 'agent', user: standIn<Me['user']>(MAYA) }),
  });
  const directory = standIn<InboxContextValue['directory']>({ members: () => [] });
  const { unmount } = render(() => (
    <SessionContext.Provider value={session}>
      <InboxContext.Provider value={standIn<InboxContextValue>({ directory })}>
        <Composer
          conversation={conversation}
          closed={closed}
          onReopen={onReopen}
          onSendAndClose={onSendAndClose}
          visitor="Ada"
        />
      </InboxContext.Provider>
    </SessionContext.Provider>
  ));
  const sent = () => send.mock.calls.map(([text, kind]) => [kind, text]);
  return {
    send,
    sent,
    onReopen,
    onSendAndClose,
    unmount,
    say(sender: Message['sender'], seq: number): void {
      setMessages([...messages(), standIn<Message>({ seq, kind: 'text', sender })]);
    },
    setTyping,
  };
}

const reply = () => screen.getByRole('textbox', { name: 'Reply to Ada' });
const noteField = () => screen.getByRole('textbox', { name: 'Private note, only for agents' });
const sendButton = () => screen.getByRole('button', { name: 'Send' });

test('Enter sends, Shift+Enter begins a line, and the field is empty and focused afterwards', async () => {
  const user = userEvent.setup();
  const { sent } = compose();
  await user.type(reply(), 'Hello{Shift>}{Enter}{/Shift}Ada');
  expect(sent()).toEqual([]);
  await user.keyboard('{Enter}');
  expect(sent()).toEqual([['text', 'Hello\nAda']]);
  expect(reply()).toHaveProperty('value', '');
  expect(document.activeElement).toBe(reply());
});

test('Ctrl+Enter sends, and with Shift it closes, too', async () => {
  const user = userEvent.setup();
  const { send, sent, onSendAndClose } = compose();
  send.mockReturnValue('m1');
  await user.type(reply(), 'Hello{Control>}{Enter}{/Control}');
  expect(sent()).toEqual([['text', 'Hello']]);
  expect(onSendAndClose).not.toHaveBeenCalled();
  await user.type(reply(), 'Bye{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  expect(sent().at(-1)).toEqual(['text', 'Bye']);
  expect(onSendAndClose).toHaveBeenCalledOnce();
  // Without a text it closes.
  await user.type(reply(), '{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  expect(sent()).toHaveLength(2);
  expect(onSendAndClose).toHaveBeenCalledTimes(2);
});

test('nothing is closed while a colleague’s answer asks before sending', async () => {
  const user = userEvent.setup();
  const { sent, say, onSendAndClose } = compose();
  say(TOM, 1);
  await user.type(reply(), 'It ships today');
  say(TOM, 2);
  await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  expect(sent()).toEqual([]);
  expect(onSendAndClose).not.toHaveBeenCalled();
});

test('spaces alone are not sent, nor more characters than fit in a message', async () => {
  const user = userEvent.setup();
  const { sent } = compose();
  await user.type(reply(), '   {Enter}');
  expect(sent()).toEqual([]);
  expect(sendButton()).toHaveProperty('disabled', true);

  fireEvent.input(reply(), { target: { value: 'x'.repeat(MAX_MESSAGE_LENGTH + 2) } });
  screen.getByText(`2 characters over the limit of ${MAX_MESSAGE_LENGTH}`);
  expect(reply().getAttribute('aria-invalid')).toBe('true');
  await user.keyboard('{Enter}');
  expect(sent()).toEqual([]);

  fireEvent.input(reply(), { target: { value: 'x'.repeat(MAX_MESSAGE_LENGTH) } });
  screen.getByText('0 characters left');
  await user.click(sendButton());
  expect(sent()).toHaveLength(1);
});

test('Enter that confirms a composed character sends nothing', () => {
  const { sent } = compose();
  fireEvent.input(reply(), { target: { value: 'こんにちは' } });
  fireEvent.keyDown(reply(), { key: 'Enter', keyCode: 229, isComposing: true });
  expect(sent()).toEqual([]);
});

test('a draft stays with its conversation, a reply and a note apart', async () => {
  const user = userEvent.setup();
  const first = compose({ id: 'first' });
  await user.type(reply(), 'Half a reply');
  await user.click(screen.getByRole('radio', { name: /Note/ }));
  await user.type(noteField(), 'Half a note');
  first.unmount();

  const second = compose({ id: 'second' });
  expect(reply()).toHaveProperty('value', '');
  second.unmount();

  compose({ id: 'first' });
  expect(noteField()).toHaveProperty('value', 'Half a note');
  await user.click(screen.getByRole('radio', { name: /Reply/ }));
  expect(reply()).toHaveProperty('value', 'Half a reply');
});

test('a note is sent as a note, and to a closed conversation, too', async () => {
  const user = userEvent.setup();
  const { sent, onReopen } = compose({ closed: 'Closed by Tom.' });
  expect(screen.queryByRole('textbox')).toBe(null);
  await user.click(screen.getByRole('button', { name: 'Reopen' }));
  expect(onReopen).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('button', { name: 'Add a note' }));
  await user.type(noteField(), 'Called her{Enter}');
  expect(sent()).toEqual([['note', 'Called her']]);
});

test('a colleague’s answer meanwhile asks before a second one is sent', async () => {
  const user = userEvent.setup();
  const { sent, say, setTyping } = compose();
  say(TOM, 1);
  await user.type(reply(), 'It ships today');
  expect(screen.queryByText(/answered meanwhile/)).toBe(null);
  setTyping([{ ...TOM, note: false }]);
  screen.getByText('Tom is also typing a reply.');
  setTyping([]);
  say(TOM, 2);
  screen.getByText('Tom has already replied.');

  await user.keyboard('{Enter}');
  expect(sent()).toEqual([]);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Send anyway' }));
  await user.keyboard('{Enter}');
  expect(sent()).toEqual([['text', 'It ships today']]);
});
