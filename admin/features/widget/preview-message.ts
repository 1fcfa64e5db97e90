import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import {
  PREVIEW_READY,
  type PreviewDepartment,
  type PreviewMessage,
  type PreviewView,
} from '../../../protocol/widget/preview.ts';
import type { WidgetLook } from '../../../protocol/widget/widget-settings.ts';
import { t } from '../../texts/start.ts';
import { isColor } from './contrast.ts';

/** What is edited of the widget, saved or not. */
export type Look = {
  accent: string;
  greeting: string;
  theme: WidgetLook['theme'];
  position: WidgetLook['position'];
  launcher: WidgetLook['launcher'];
  launcherText: string;
};

/** How the preview is looked at. */
export type Watched = { view: PreviewView; phone: boolean; dark: boolean };

/** Where it all comes from: `agent` speaks in the chat. */
type Around = {
  organization: string;
  agent: string;
  departments: PreviewDepartment[];
  departmentId?: string | null;
  messages: PreviewMessage['messages'];
};

/** What the preview is told to show. Something half typed, such as a colour, counts as not set. */
export function toPreview(look: Look, watched: Watched, around: Around): PreviewMessage {
  const text = look.launcherText.trim();
  return {
    type: 'foyer:preview',
    view: watched.view,
    phone: watched.phone,
    // Set to one theme, the widget has no other.
    theme: look.theme === 'auto' ? (watched.dark ? 'dark' : 'light') : look.theme,
    position: look.position,
    launcherText: look.launcher === 'text' && text !== '' ? text : null,
    accent: isColor(look.accent) ? look.accent : null,
    greeting: look.greeting.trim() || null,
    organization: around.organization,
    departments: around.departments,
    departmentId: around.departmentId ?? null,
    agent: around.agent,
    messages: around.messages,
  };
}

/** The departments that visitors can choose from, each as if its members were there. */
export function visibleDepartments(departments: readonly DepartmentRecord[]): PreviewDepartment[] {
  return departments
    .filter(({ visible, archived_at }) => visible && archived_at === null)
    .map(({ id, name, description, pre_chat_fields: fields }) => ({
      id,
      name,
      description,
      fields,
      presence: t.preview.online,
    }));
}

/**
 * Speaks to the preview in a frame: `ready` is called when it starts, and again when its document is
 * replaced. Nothing is sent to, or taken from, another window or origin.
 */
export function connectPreview(frame: HTMLIFrameElement, ready: () => void) {
  const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || origin !== location.origin) return;
    if (data === PREVIEW_READY) ready();
  };
  addEventListener('message', listen);
  return {
    send(message: PreviewMessage): void {
      frame.contentWindow?.postMessage(message, location.origin);
    },
    stop: () => removeEventListener('message', listen),
  };
}
