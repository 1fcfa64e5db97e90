/**
 * The conversation's own code: its sockets and its view. It loads beside the session's request,
 * so that the first screen does not wait for it.
 */
export { openConversation } from '../state/conversation.ts';
export { ChatView as default } from './chat-view.tsx';
