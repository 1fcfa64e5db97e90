import { batch, createEffect, createSignal } from 'solid-js';
import { RequestError } from '../../../protocol/client/http.ts';
import type {
  StartedConversation,
  VisitorConversationItem,
} from '../../../protocol/conversation/visitor-conversation.ts';
import type { OpenDepartment } from '../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { isAccent, type PageInfo, type ToPage } from '../../bridge/messages.ts';
import { fill, t } from '../strings/index.ts';
import { type ConversationRef, type LiveConversation, openConversation } from './conversation.ts';
import type { Session } from './session.ts';

export type View =
  | { name: 'loading' }
  | { name: 'home' }
  | { name: 'form'; department: OpenDepartment }
  | { name: 'chat' }
  | { name: 'history' }
  | { name: 'transcript'; item: VisitorConversationItem };

export type ModelOptions = {
  session: Session;
  /** Resolves when the language's texts are loaded. */
  texts: Promise<void>;
  tell(message: ToPage): void;
  page(): PageInfo;
  /** The embed's accent; it has priority over the organization's. */
  accent: string | undefined;
  /** Whether the page has a visitor token from an earlier visit. */
  returning: boolean;
};

export type PickFailure = { error: RequestError; department: OpenDepartment };

/** Milliseconds for which the departments of a new document count as current. */
const FRESH = 60_000;

/** Turns anything that was thrown into a `RequestError`, so that every view can show it. */
export function asRequestError(error: unknown): RequestError {
  return error instanceof RequestError ? error : new RequestError(0, 'internal', `${error}`);
}

/** The state that the views share: the session, the current view and the open conversation. */
export function createModel({ session, texts, tell, page, accent, returning }: ModelOptions) {
  const [view, go] = createSignal<View>({ name: 'loading' });
  const [info, setInfo] = createSignal<WidgetSession>();
  const [problem, setProblem] = createSignal<RequestError>();
  const [chat, setChat] = createSignal<LiveConversation>();
  const [shown, setShown] = createSignal(false);
  const [hasEarlier, setHasEarlier] = createSignal(returning);
  const [failed, setFailed] = createSignal<PickFailure>();

  const departments = () => info()?.departments ?? [];

  function paint(colour: unknown): void {
    if (!isAccent(colour)) return;
    document.documentElement.style.setProperty('--accent', colour);
    tell({ type: 'accent', accent: colour });
  }

  async function enter(ref: ConversationRef): Promise<void> {
    // In one batch, so that no view is drawn in between.
    batch(() => {
      if (chat()?.id !== ref.id) {
        chat()?.client.stop();
        setChat(openConversation(session, ref, departments));
      }
      setHasEarlier(true);
      go({ name: 'chat' });
    });
  }

  async function open(): Promise<void> {
    setProblem(undefined);
    try {
      const [answer] = await Promise.all([session.open(), texts]);
      setInfo(answer);
      paint(accent ?? answer.settings.accent);
      if (answer.open_conversation) await enter(answer.open_conversation);
      else {
        go({ name: 'home' });
        // With one department there is nothing to choose, unless there are earlier conversations.
        if (!returning && !answer.departments[1]) await answer.departments.map(model.pick)[0];
      }
    } catch (error) {
      if (!failed()) setProblem(asRequestError(error));
    }
  }

  /** The open conversation, if there is one. */
  function current(): LiveConversation | undefined {
    const live = chat();
    return live?.state().conversation?.status === 'closed' ? undefined : live;
  }

  /** Starts a conversation. Rejects with a `RequestError`, whose `fields` name wrong answers. */
  async function start(department: OpenDepartment, answers: Record<string, string>): Promise<void> {
    const before = chat();
    const previous = current();
    // Loaded first, so that a failure to load leaves nothing half done.
    const carry = before && (await import('../chat/lazy/carry-draft.ts'));
    const { url, referrer } = page();
    const { conversation } = await session.call<{ conversation: StartedConversation }>(
      'conversations',
      {
        method: 'POST',
        body: {
          departmentId: department.id,
          preChatData: answers,
          page: { url, referrer },
          previousConversationId: previous?.id,
        },
      },
    );
    if (before && before.id !== conversation.id) carry?.default(before, conversation.id);
    await enter(conversation);
  }

  /** Tells the page what the launcher shows, and shows unseen messages to the visitor. */
  createEffect((before: number) => {
    if (!info()) return before;
    const count = chat()?.unread() ?? 0;
    const news = count > 0 && !shown() ? `, ${fill(t.unread, { count })}` : '';
    const label = shown() ? t.closePanel : t.openPanel + news;
    tell({ type: 'unread', count: news ? count : 0, label });
    if (count > before && (!shown() || document.hidden)) {
      const loaded = import('../page/lazy/preview.tsx');
      loaded.then(
        (preview) => preview.default(model),
        () => {},
      );
    }
    return count;
  }, 0);

  // Departments open and close meanwhile. Nothing is asked while nobody is there.
  for (const type of ['focusin', 'pointerover']) {
    addEventListener(type, () => {
      if (performance.now() < FRESH) return;
      const loaded = import('./lazy/renew-in-use.ts');
      loaded.then(
        (renew) => renew.default(model),
        () => {},
      );
    });
  }

  const model = {
    view,
    go,
    info,
    setInfo,
    departments,
    problem,
    chat,
    current,
    shown,
    setShown,
    hasEarlier,
    session,
    open,
    start,
    enter,
    /** The picked department that could not be opened, with the error. */
    failed,
    setFailed,
    /** Picks a department: shows its form, or starts the conversation at once. */
    async pick(department: OpenDepartment): Promise<void> {
      setFailed();
      if (current()?.department.id === department.id) go({ name: 'chat' });
      else if (department.pre_chat_fields[0]) go({ name: 'form', department });
      else {
        await start(department, {}).catch((error) => {
          setFailed({ error: asRequestError(error), department });
          throw error;
        });
      }
    },
    close: () => tell({ type: 'close' }),
    tell,
  };
  shared = model;
  return model;
}

export type Model = ReturnType<typeof createModel>;

/** The frame's one model, for the parts that load when they are used. */
export let shared: Model;
