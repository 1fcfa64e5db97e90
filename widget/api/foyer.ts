/**
 * The types of `window.Foyer`, as a site's own code calls it. Served as /foyer.d.ts; this file has
 * nothing but types in it.
 */

/** What the page knows of its visitor. Without `token` nobody has vouched for it. */
export interface FoyerPerson {
  /** A JWT that your own server signed: makes the visitor a registered customer. */
  token?: string;
  name?: string;
  email?: string;
  phone?: string;
}

/** Fields of your own, which agents see beside the conversation. */
export type FoyerFields = Record<string, string | number | boolean>;

/** A message that came or went. */
export interface FoyerMessage {
  conversationId: string;
  id: string;
  from: 'visitor' | 'agent';
  /** What was written; empty for a file without words. */
  text: string;
  sentAt: string;
  /** Where it carries a file: its name, its media type, its size in bytes. */
  file?: { name: string; type: string; size: number };
}

export interface FoyerEvents {
  /** Foyer is there, and its launcher drawn. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages the visitor has not seen. */
  unread: { count: number };
  message: FoyerMessage;
  conversation_started: { conversationId: string; department: string };
  conversation_closed: { conversationId: string };
}

export interface FoyerCommands {
  open(): void;
  close(): void;
  toggle(): void;
  /** Shows the launcher, after `hide`. */
  show(): void;
  /** Hides the launcher and the panel. */
  hide(): void;
  identify(person: FoyerPerson): void;
  update(fields: FoyerFields): void;
  /** The department in which the visitor writes, by its name or id; null lets them choose. */
  setDepartment(department: string | null): void;
  /** The widget's language, as `de` or `pt-BR`. */
  setLocale(locale: string): void;
  /** Opens the widget, with a text that the visitor may send or change. */
  startConversation(text?: string): void;
  /** The visitor signed out: everything that Foyer keeps in this browser goes. */
  shutdown(): void;
  on<Name extends keyof FoyerEvents>(
    event: Name,
    listener: (detail: FoyerEvents[Name]) => void,
  ): void;
  /** Without a listener, all of the event's go. */
  off<Name extends keyof FoyerEvents>(
    event: Name,
    listener?: (detail: FoyerEvents[Name]) => void,
  ): void;
}

type Plain = Exclude<keyof FoyerCommands, 'on' | 'off'>;

/** `Foyer('open')`, and once the script is there `Foyer.open()` as well. */
export interface FoyerApi extends FoyerCommands {
  <Name extends Plain>(command: Name, ...args: Parameters<FoyerCommands[Name]>): void;
  <Name extends keyof FoyerEvents>(
    command: 'on',
    event: Name,
    listener: (detail: FoyerEvents[Name]) => void,
  ): void;
  <Name extends keyof FoyerEvents>(
    command: 'off',
    event: Name,
    listener?: (detail: FoyerEvents[Name]) => void,
  ): void;
}

declare global {
  interface Window {
    Foyer: FoyerApi;
  }
  const Foyer: FoyerApi;
}
