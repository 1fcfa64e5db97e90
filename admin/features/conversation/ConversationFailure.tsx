import { Match, Show, Switch } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Message } from '../../components/Message.tsx';
import type { Failure } from './conversation.ts';

/** Says why a conversation is not shown, and offers what to do. */
export default function ConversationFailure(props: {
  failure: Failure;
  /** Whether the list is hidden, as on phones. */
  phone: boolean;
  onRetry(): void;
  onBack(): void;
}) {
  const back = () => <Button onClick={() => props.onBack()}>Back to the list</Button>;
  return (
    <Switch>
      <Match when={props.failure.movedAway}>
        <Message
          icon="folder"
          title="You no longer have access"
          text="It moved to a department you’re not in. Your draft is saved."
        >
          {back()}
        </Message>
      </Match>
      <Match when={props.failure.missing}>
        <Message
          icon="search"
          title="Conversation not found"
          text="It was moved, or you don’t have access."
        >
          {back()}
        </Message>
      </Match>
      <Match when={true}>
        <Message
          alert
          icon="alert"
          title="Couldn’t load the conversation"
          text={`${props.failure.text} Your draft is saved.`}
        >
          <Button onClick={() => props.onRetry()}>Try again</Button>
          <Show when={props.phone}>{back()}</Show>
        </Message>
      </Match>
    </Switch>
  );
}
