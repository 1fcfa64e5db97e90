/**
 * The types of `window.Foyer`, for a site's own code. Served as /foyer.d.ts; this file has only types.
 */

/** What the page says about its visitor. Only `token` is proven. */
export interface FoyerPerson {
  /** A JWT that your own server signed. It makes the visitor a registered customer. */
  token?: string;
  name?: string;
  email?: string;
  phone?: string;
}

/** Your own fields, which agents see beside the conversation. */
export type FoyerFields = Record<string, string | number | boolean>;

/** A message that was received or sent. */
export interface FoyerMessage {
  conversationId: string;
  id: string;
  from: 'visitor' | 'agent';
  /** The text; empty for a file without a text. */
  text: string;
  sentAt: string;
  /** The file, if there is one: its name, media type and size in bytes. */
  file?: { name: string; type: string; size: number };
}

export interface FoyerEvents {
  /** The launcher is on the page. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** The number of messages that the visitor has not seen. */
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
  /** Sets the visitor's department by name or id; null lets them choose. */
  setDepartment(department: string | null): void;
  /** Sets the widget's language, such as `de` or `pt-BR`. */
  setLocale(locale: string): void;
  /** Opens the widget with a text that the visitor can send or change. */
  startConversation(text?: string): void;
  /** The visitor signed out: deletes everything that Foyer stores in this browser. */
  shutdown(): void;
  on<Name extends keyof FoyerEvents>(
    event: Name,
    listener: (detail: FoyerEvents[Name]) => void,
  ): void;
  /** Without a listener, removes all listeners of the event. */
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
