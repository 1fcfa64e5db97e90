/**
 * The version of what goes over the sockets.
 *
 * 1: hello, send, typing, read / welcome, ack, message, typing, read, conversation, error;
 *    inbox: conversation, presence.
 *    Added since, for browsers that ignore what they do not know: messages of the kind `file`;
 *    the events snoozed, woke, rated, edited and deleted; `viewers`; `mentions` and `note` from
 *    browsers; `note` of `typing`; `setup` for saved views and for opening hours; `page` from visitors, and to agents;
 *    `gone` at the inbox. A note's mentions are ids and nothing else.
 *    `by` of a message, for agents: who did it; the events labels_changed, priority_changed,
 *    assignee_renamed, customer_changed, visitor_blocked and sessions_ended, for agents alone.
 *    `site_key` of an error, with which a browser shows the human check.
 *    `hours` and `reopens` of the event closed, `reopens` of a visitor's conversation, and the cause
 *    `inactivity`: a conversation that closed by itself.
 *    `retry_after` of an error, in seconds; a browser that does not know it waits as long as before.
 *    The cause `identity` of the system: the site said so with a signed token.
 *    `away` of `presence`, and `status` and `idle` from dashboards; one that never sends them counts as online.
 *    `changes` on the organization's socket, for dashboards that offer CHANGES.
 *    `version`, `items` and `removed` of `setup`, and its kinds `team`, `invitations` and `identity_secrets`;
 *    `versions` on the organization's socket; `version` of `gone`, and `gone_versions` of `changes`.
 *
 * A change that an older browser would not survive gets a new number here and a new subprotocol;
 * `protocol/wire.json` holds the schemas' hash, so that none happens unnoticed: `npm run protocol` writes
 * it. An event that is new needs no word here: the tables of docs/protocol.md have all of them.
 */
export const PROTOCOL = 1;

/** The WebSocket subprotocol that the Worker selects; the token is the second one offered. */
export const SUBPROTOCOL = 'foyer.v1';

/**
 * Offered beside SUBPROTOCOL by a dashboard that takes the frame `changes` on the organization's
 * socket. The Worker never selects it; one that does not know it ignores it. A dashboard that does not
 * offer it, as a tab from before it, gets a frame for each conversation.
 */
export const CHANGES = 'foyer.changes';

/** Sent as a whole frame; the runtime answers without waking the object. */
export const PING = 'ping';
export const PONG = 'pong';

/** Why the Worker closes a socket for good. 4400 to 4499 stop the client's reconnecting. */
export const CloseCode = {
  /** Frames that cannot be understood, again and again. */
  protocolViolated: 4400,
  /** The session ended: signed out, removed, or expired. */
  sessionEnded: 4401,
  /** The organization does not wish to hear from this visitor. */
  blocked: 4403,
  /** Frames over the size limit, again and again. */
  frameTooLarge: 4413,
  /** Far more frames than a person makes. */
  flooded: 4429,
} as const;

/** Whether a close code says that connecting again is of no use. */
export function isFatal(code: number): boolean {
  return code >= 4400 && code <= 4499;
}
