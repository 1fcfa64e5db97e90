import { type Accessor, createEffect, createRoot, untrack } from 'solid-js';
import { isContent } from '../../../../protocol/client/message/content.ts';
import { MAX_PAGE_TITLE_LENGTH, MAX_PAGE_URL_LENGTH } from '../../../../protocol/limits.ts';
import { type CommandToFrame, type EventToPage, isCommand } from '../../../bridge/commands.ts';
import type { PageInfo } from '../../../bridge/messages.ts';
import type { LiveConversation } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';

/** Runs the commands of the page's own code (`window.Foyer`), and reports events to it. */

/** Milliseconds until a request that the network lost is repeated. */
const AGAIN_MS = 5_000;

type Details = Omit<Extract<CommandToFrame, { type: 'say' }>, 'type'>;

/**
 * Runs the commands that arrive over a port.
 *
 * @param moved called with the page's new address, for conversations that start there
 */
export default function runCommands(
  port: MessagePort,
  getModel: Accessor<Model | undefined>,
  moved: (page: PageInfo) => void,
): void {
  const tell = (event: EventToPage) => port.postMessage(event);
  createRoot(() => {
    let wishedName: string | null = null;
    /** A text that waits for a conversation to be written into. */
    let text: string | null = null;
    /** The number of identities whose sessions are opening; each may replace the open conversation. */
    let identifying = 0;
    let details: Details = {};
    let page: PageInfo | undefined;

    /** Saves what the page said about the visitor to their record, once they have one. */
    async function saveDetails(model: Model): Promise<void> {
      if (!model.chat() || Object.keys(details).length === 0) return;
      const body = details;
      details = {};
      try {
        await model.session.call('customer', { method: 'PATCH', body });
      } catch (error) {
        const { status, message } = asRequestError(error);
        details = {
          ...body,
          ...details,
          customFields: { ...body.customFields, ...details.customFields },
        };
        // Without an answer the network failed, and not the page.
        if (status === 0) setTimeout(saveDetails, AGAIN_MS, model);
        else tell({ type: 'warning', text: message });
      }
    }

    function write(value: string): void {
      const area = document.querySelector('textarea');
      if (!area) return;
      area.value = value;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      if (identifying === 0) text = null;
    }

    async function identify(model: Model, token: string): Promise<void> {
      model.session.options.identity = token;
      identifying += 1;
      await model.open();
      identifying -= 1;
      if (identifying > 0 || text === null || model.view().name !== 'chat') return;
      // The view is drawn after its signal. A text that the visitor typed meanwhile stays.
      setTimeout(() => {
        if (text !== null && !document.querySelector('textarea')?.value) write(text);
        text = null;
      });
    }

    function pick(model: Model, department: Parameters<Model['pick']>[0] | undefined): void {
      if (!department) return;
      wishedName = null;
      model.pick(department).catch((error) => {
        tell({ type: 'warning', text: asRequestError(error).message });
      });
    }

    /** Picks a department by its folded name. The folding loads only when no name matches exactly. */
    async function pickByFoldedName(model: Model, wish: string): Promise<void> {
      const { fold } = await import('../../../../protocol/text/fold.ts');
      // The page has set another department meanwhile, or this one was picked.
      if (wishedName !== wish) return;
      const department = model.departments().find(({ name }) => fold(name) === fold(wish));
      if (department) return pick(model, department);
      tell({ type: 'warning', text: `There is no department ${wish}.` });
      wishedName = null;
      pickWished(model);
    }

    /** Picks the department that the page has set, or the only one when the page starts a conversation. */
    function pickWished(model: Model): void {
      if (model.view().name !== 'home' || model.current()) return;
      const departments = model.departments();
      const name = wishedName?.toLowerCase();
      const department = departments.find(
        (candidate) => candidate.id === wishedName || candidate.name.toLowerCase() === name,
      );
      if (wishedName !== null && !department) {
        // If the folding does not load, the department waits for the next try.
        pickByFoldedName(model, wishedName).catch(() => {});
        return;
      }
      pick(
        model,
        department ?? (text !== null && departments.length === 1 ? departments[0] : undefined),
      );
    }

    createEffect(() => {
      const model = getModel();
      if (!model) return;
      const info = model.info();
      if (info) tell({ type: 'identity', state: info.identity });
    });

    createEffect(() => {
      const model = getModel();
      if (!model) return;
      const view = model.view();
      const live = model.chat();
      untrack(() => {
        if (live) void saveDetails(model);
        pickWished(model);
        // The view is drawn after its signal.
        if (view.name === 'chat' && text !== null) setTimeout(() => text !== null && write(text));
      });
    });

    createEffect(() => {
      const live = getModel()?.chat();
      if (live) untrack(() => follow(live, tell, () => page));
    });

    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isCommand(data)) return;
      const model = getModel();
      switch (data.type) {
        case 'identify':
          if (!model || model.session.options.identity === data.token) return;
          void identify(model, data.token);
          return;
        case 'say': {
          const { type: _, customFields, ...person } = data;
          details = {
            ...details,
            ...person,
            ...(customFields && { customFields: { ...details.customFields, ...customFields } }),
          };
          if (model) void saveDetails(model);
          return;
        }
        case 'department':
          wishedName = data.department;
          if (model) pickWished(model);
          return;
        case 'start':
          text = data.text;
          if (!model) return;
          if (model.current()) model.go({ name: 'chat' });
          if (model.view().name === 'chat') write(text);
          else pickWished(model);
          return;
        case 'page':
          page = data.page;
          moved(page);
          model?.chat()?.client.page(short(page));
          return;
        case 'shutdown':
          model?.chat()?.client.stop();
          forget();
          tell({ type: 'gone' });
      }
    };
  });
}

/** Reports what happens in a conversation from now on. */
function follow(
  live: LiveConversation,
  tell: (event: EventToPage) => void,
  page: () => PageInfo | undefined,
): void {
  const conversationId = live.id;
  const moved = page();
  if (moved) live.client.page(short(moved));
  // Only the answer that starts a conversation has the form's answers.
  const isNew = 'pre_chat_data' in live;
  if (isNew) {
    tell({
      type: 'conversation_started',
      detail: { conversationId, department: live.department.name },
    });
  }
  let lastReported: number | null = isNew ? 0 : null;
  let wasOpen = isNew;
  createEffect(() => {
    const { conversation, messages } = live.state();
    if (!conversation) return;
    const last = messages.at(-1)?.seq ?? 0;
    const from = lastReported ?? last;
    lastReported = Math.max(from, last);
    for (const message of messages) {
      const { seq, id, sender, body, file, sent_at } = message;
      if (seq <= from || !isContent(message)) continue;
      tell({
        type: 'message',
        detail: {
          conversationId,
          id,
          // To the site, whatever answers for the team is the team.
          from: sender.kind === 'visitor' ? 'visitor' : 'agent',
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

/** Deletes the visitor's drafts and unsent messages. */
function forget(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith('foyer:')) localStorage.removeItem(name);
    }
  } catch {
    // Denied, so nothing is stored.
  }
}
