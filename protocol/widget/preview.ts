import type { PreChatField } from '../resources/department.ts';
import type { WidgetLook } from './widget-settings.ts';

/**
 * The messages between the dashboard and the widget's preview (widget/preview), over
 * `window.postMessage` with exact origins on both sides. The preview runs the widget's own views on
 * settings that are not saved yet, and cannot reach the server.
 */

export const PREVIEW_VIEWS = ['home', 'form', 'chat'] as const;
export type PreviewView = (typeof PREVIEW_VIEWS)[number];

/** A department as the preview shows it. */
export type PreviewDepartment = {
  id: string;
  name: string;
  description: string | null;
  fields: PreChatField[];
  /** The line of its card about presence. */
  presence: string;
};

/** From the dashboard: what to show. Each one replaces the one before. */
export type PreviewMessage = {
  type: 'foyer:preview';
  view: PreviewView;
  /** Full size as on a phone; otherwise a panel above its launcher. */
  phone: boolean;
  theme: WidgetLook['theme'];
  position: WidgetLook['position'];
  /** The launcher's text; null for an icon alone. */
  launcherText: string | null;
  /** `#rrggbb`; null for Foyer's own. */
  accent: string | null;
  greeting: string | null;
  organization: string;
  departments: PreviewDepartment[];
  /** The department whose form shows. */
  departmentId: string | null;
  agent: string;
  /** The chat, in order: what the agent says, and what the visitor says. */
  messages: { from: 'agent' | 'visitor'; body: string }[];
};

/** To the dashboard, once the preview runs: it sends nothing else. */
export const PREVIEW_READY = 'foyer:preview-ready';
