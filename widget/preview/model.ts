import { batch, createSignal } from 'solid-js';
import type { ConversationState } from '../../protocol/client/types.ts';
import type { VisitorConversation } from '../../protocol/conversation/conversation.ts';
import type { Message } from '../../protocol/conversation/message.ts';
import type { OpenDepartment } from '../../protocol/resources/department.ts';
import type { PreviewDepartment, PreviewMessage } from '../../protocol/widget/preview.ts';
import type { WidgetSession } from '../../protocol/widget/widget-session.ts';
import type { LiveConversation } from '../frame/state/conversation.ts';
import { createModel, type Model } from '../frame/state/model.ts';
import type { Session } from '../frame/state/session.ts';

/** The widget's model without a server: no request leaves it, and what is written stays in it. */

const CONVERSATION = '00000000-0000-7000-8000-000000000000';

/** Milliseconds between two messages of the preview. */
const MINUTE = 60_000;

function toDepartment(department: PreviewDepartment, agent: string): OpenDepartment {
  const { id, name, description, fields, presence } = department;
  return {
    id,
    name,
    description,
    pre_chat_fields: fields,
    online: [{ name: agent }],
    reply_seconds: null,
    availability: { state: 'online', opens_at: null, note: null, reply_seconds: null },
    presence,
    notice: null,
  };
}

function toSession({ organization, greeting, accent, departments, agent }: PreviewMessage) {
  const session: WidgetSession = {
    sessionToken: '',
    visitorToken: '',
    visitor_id: '',
    departments: departments.map((department) => toDepartment(department, agent)),
    closed: null,
    settings: { organization: { id: '', name: organization }, greeting, accent, locale: 'en' },
    customer: null,
    open_conversation: null,
    identity: null,
  };
  return session;
}

const idOf = (seq: number) => `00000000-0000-7000-9000-${`${seq}`.padStart(12, '0')}`;

function toMessage(
  { from, body }: PreviewMessage['messages'][number],
  seq: number,
  agent: string,
  at: number,
): Message {
  return {
    seq,
    id: idOf(seq),
    kind: 'text',
    sender: { kind: from, id: from, name: from === 'agent' ? agent : null },
    body,
    sent_at: new Date(at).toISOString(),
  };
}

/** Requests that never end: the preview's page lets none out either (worker/features/pages). */
const session: Session = {
  options: {
    key: '',
    locale: 'en',
    origin: null,
    page: () => ({ url: '', title: '', referrer: '' }),
    visitorToken: null,
    keepVisitorToken: () => {},
  },
  open: () => new Promise(() => {}),
  call: () => new Promise(() => {}),
  protocols: () => new Promise(() => {}),
};

/** The model for the widget's views, and the function that shows what the dashboard asks for. */
export function createPreview(texts: Promise<void>): {
  model: Model;
  show(message: PreviewMessage): void;
} {
  const [state, setState] = createSignal<ConversationState<VisitorConversation>>({
    connection: { state: 'open' },
    conversation: null,
    messages: [],
    outgoing: [],
    typing: [],
    viewers: [],
    page: null,
    has_earlier: false,
    held_until: null,
  });
  const [department, setDepartment] = createSignal({ id: '', name: '' });
  let shown: PreviewMessage | undefined;

  /** Adds what somebody types into the preview: it is seen, and nobody gets it. */
  function send(body: string): string {
    const { messages } = state();
    const seq = messages.length + 1;
    const message = toMessage({ from: 'visitor', body }, seq, '', Date.now());
    setState({ ...state(), messages: [...messages, message] });
    return message.id;
  }

  const live: LiveConversation = {
    id: CONVERSATION,
    widget_customer_id: null,
    get department() {
      return department();
    },
    client: {
      get state() {
        return state();
      },
      subscribe: () => () => {},
      start: () => {},
      stop: () => {},
      send,
      retry: () => {},
      discard: () => {},
      typing: () => {},
      page: () => {},
      read: () => {},
      loadEarlier: () => Promise.resolve(),
    },
    state,
    unread: () => 0,
    see: () => {},
  };

  const own = createModel({
    session,
    texts,
    tell: () => {},
    page: session.options.page,
    accent: undefined,
    returning: false,
  });

  const model: Model = {
    ...own,
    chat: () => live,
    current: () => undefined,
    async pick(picked) {
      setDepartment(picked);
      own.go(picked.pre_chat_fields[0] ? { name: 'form', department: picked } : { name: 'chat' });
    },
    async start(picked) {
      setDepartment(picked);
      own.go({ name: 'chat' });
    },
    open: () => Promise.resolve(),
    close: () => {},
  };

  function talk({ agent, messages, departments, departmentId }: PreviewMessage): void {
    const from = Date.now() - messages.length * MINUTE;
    const id = departmentId ?? departments[0]?.id ?? '';
    setState({
      ...state(),
      conversation: {
        id: CONVERSATION,
        department_id: id,
        status: 'active',
        assignee: { id: 'agent', name: agent },
        closed_reason: null,
        closed_at: null,
        last_seq: messages.length,
        agent_read_seq: messages.length,
        visitor_read_seq: messages.length,
        rating: null,
      },
      messages: messages.map((line, index) =>
        toMessage(line, index + 1, agent, from + index * MINUTE),
      ),
    });
  }

  function show(message: PreviewMessage): void {
    const before = shown;
    shown = message;
    // In one batch, so that an open form is drawn again and does not say that it has changed.
    batch(() => {
      const info = toSession(message);
      own.setInfo(info);
      const wanted = info.departments.find(({ id }) => id === message.departmentId);
      const chosen = wanted ?? info.departments.find(({ pre_chat_fields }) => pre_chat_fields[0]);
      const first = chosen ?? info.departments[0];
      setDepartment({ id: first?.id ?? '', name: first?.name ?? message.organization });
      // What was typed into the chat stays while only colours change.
      if (JSON.stringify(before?.messages) !== JSON.stringify(message.messages)) talk(message);
      if (message.view === 'form' && first?.pre_chat_fields[0]) {
        own.go({ name: 'form', department: first });
      } else if (message.view === 'chat' || message.view === 'form') {
        // Without a form a conversation begins at once.
        own.go({ name: 'chat' });
      } else own.go({ name: 'home' });
    });
  }

  return { model, show };
}
