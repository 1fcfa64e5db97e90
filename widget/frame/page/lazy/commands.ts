import { type Accessor, createEffect, createRoot, untrack } from 'solid-js';
import { isContent } from '../../../../protocol/client/content.ts';
import { MAX_PAGE_TITLE_LENGTH, MAX_PAGE_URL_LENGTH } from '../../../../protocol/limits.ts';
import { type CommandToFrame, type EventToPage, isCommand } from '../../../bridge/commands.ts';
import type { PageInfo } from '../../../bridge/messages.ts';
import type { LiveConversation } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';

/** What the page's own code asks for (`window.Foyer`), and what it is told of. */

/** Until what was lost on the way is said again. */
const AGAIN_MS = 5_000;

type Said = Omit<Extract<CommandToFrame, { type: 'say' }>, 'type'>;

/**
 * Obeys the commands that come over a port.
 *
 * @param moved told of the page's new address, for the conversations that begin from there
 */
export function obey(
  port: MessagePort,
  model: Accessor<Model | undefined>,
  moved: (page: PageInfo) => void,
): void {
  const tell = (event: EventToPage) => port.postMessage(event);
  createRoot(() => {
    let wished: string | null = null;
    /** A text that waits for its conversation. */
    let text: string | null = null;
    /** New identities whose sessions are opening; each may replace the conversation on screen. */
    let identifying = 0;
    let said: Said = {};
    let page: PageInfo | undefined;

    /** What the page says of its visitor goes to their record, once they have one. */
    async function keepSaid(its: Model): Promise<void> {
      if (!its.chat() || Object.keys(said).length === 0) return;
      const body = said;
      said = {};
      try {
        await its.session.call('customer', { method: 'PATCH', body });
      } catch (error) {
        const { status, message } = asRequestError(error);
        said = {
          ...body,
          ...said,
          customFields: { ...body.customFields, ...said.customFields },
        };
        // An answer that never came is the network's fault and not the page's.
        if (status === 0) setTimeout(keepSaid, AGAIN_MS, its);
        else tell({ type: 'warning', text: message });
      }
    }

    function write(into: string): void {
      const area = document.querySelector('textarea');
      if (!area) return;
      area.value = into;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      if (identifying === 0) text = null;
    }

    async function identify(its: Model, token: string): Promise<void> {
      its.session.options.identity = token;
      identifying += 1;
      await its.open();
      identifying -= 1;
      if (identifying > 0 || text === null || its.view().name !== 'chat') return;
      // The view is drawn after its signal. What the visitor wrote since then stays.
      setTimeout(() => {
        if (text !== null && !document.querySelector('textarea')?.value) write(text);
        text = null;
      });
    }

    function pick(its: Model, department: Parameters<Model['pick']>[0] | undefined): void {
      if (!department) return;
      wished = null;
      its.pick(department).catch((error) => {
        tell({ type: 'warning', text: asRequestError(error).message });
      });
    }

    /** A department as searches compare names; what folds them loads for a wish that no name is. */
    async function goOnFolded(its: Model, wish: string): Promise<void> {
      const { fold } = await import('../../../../protocol/text/fold.ts');
      // Another wish came meanwhile, or this one was met.
      if (wished !== wish) return;
      const found = its.departments().find(({ name }) => fold(name) === fold(wish));
      if (found) return pick(its, found);
      tell({ type: 'warning', text: `There is no department ${wish}.` });
      wished = null;
      goOn(its);
    }

    /** Where a department is wished for, or a conversation and there is but one, that is picked. */
    function goOn(its: Model): void {
      if (its.view().name !== 'home' || its.current()) return;
      const departments = its.departments();
      const name = wished?.toLowerCase();
      const found = departments.find((one) => one.id === wished || one.name.toLowerCase() === name);
      if (wished !== null && !found) {
        // Where it fails to load, the wish stays for the next time.
        goOnFolded(its, wished).catch(() => {});
        return;
      }
      pick(its, found ?? (text !== null && departments.length === 1 ? departments[0] : undefined));
    }

    createEffect(() => {
      const its = model();
      if (!its) return;
      const info = its.info();
      if (info) tell({ type: 'identity', state: info.identity });
    });

    createEffect(() => {
      const its = model();
      if (!its) return;
      const view = its.view();
      const live = its.chat();
      untrack(() => {
        if (live) void keepSaid(its);
        goOn(its);
        // The view is drawn after its signal.
        if (view.name === 'chat' && text !== null) setTimeout(() => text !== null && write(text));
      });
    });

    createEffect(() => {
      const live = model()?.chat();
      if (live) untrack(() => follow(live, tell, () => page));
    });

    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isCommand(data)) return;
      const its = model();
      switch (data.type) {
        case 'identify':
          if (!its || its.session.options.identity === data.token) return;
          void identify(its, data.token);
          return;
        case 'say': {
          const { type: _, customFields, ...person } = data;
          said = {
            ...said,
            ...person,
            ...(customFields && { customFields: { ...said.customFields, ...customFields } }),
          };
          if (its) void keepSaid(its);
          return;
        }
        case 'department':
          wished = data.department;
          if (its) goOn(its);
          return;
        case 'start':
          text = data.text;
          if (!its) return;
          if (its.current()) its.go({ name: 'chat' });
          if (its.view().name === 'chat') write(text);
          else goOn(its);
          return;
        case 'page':
          page = data.page;
          moved(page);
          its?.chat()?.client.page(short(page));
          return;
        case 'shutdown':
          its?.chat()?.client.stop();
          forget();
          tell({ type: 'gone' });
      }
    };
  });
}

/** Tells of what happens in a conversation from now on. */
function follow(
  live: LiveConversation,
  tell: (event: EventToPage) => void,
  page: () => PageInfo | undefined,
): void {
  const conversationId = live.id;
  const moved = page();
  if (moved) live.client.page(short(moved));
  // What picking a department answers has its answers; a conversation that went on has not.
  const isNew = 'pre_chat_data' in live;
  if (isNew) {
    tell({
      type: 'conversation_started',
      detail: { conversationId, department: live.department.name },
    });
  }
  let told: number | null = isNew ? 0 : null;
  let wasOpen = isNew;
  createEffect(() => {
    const { conversation, messages } = live.state();
    if (!conversation) return;
    const last = messages.at(-1)?.seq ?? 0;
    const from = told ?? last;
    told = Math.max(from, last);
    for (const message of messages) {
      const { seq, id, sender, body, file, sent_at } = message;
      if (seq <= from || !isContent(message) || sender.kind === 'system') continue;
      tell({
        type: 'message',
        detail: {
          conversationId,
          id,
          from: sender.kind,
          text: body,
          sentAt: sent_at,
          ...(file && { file: { name: file.name, type: file.type, size: file.size } }),
        },
      });
    }
    const isOpen = conversation.status !== 'closed';
    if (wasOpen && !isOpen) tell({ type: 'conversation_closed', detail: { conversationId } });
    wasOpen = isOpen;
  });
}

const short = ({ url, title }: PageInfo) => ({
  url: url.slice(0, MAX_PAGE_URL_LENGTH),
  title: title.slice(0, MAX_PAGE_TITLE_LENGTH),
});

/** Drafts and unsent messages go with the visitor who wrote them. */
function forget(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith('foyer:')) localStorage.removeItem(name);
    }
  } catch {
    // Denied: then there is nothing.
  }
}
