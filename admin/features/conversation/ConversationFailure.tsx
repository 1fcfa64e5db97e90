import { Match, Show, Switch } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Message } from '../../components/Message.tsx';
import type { Failure } from './conversation.ts';

/** Why a conversation is not shown, and what can be done about it. */
export default function ConversationFailure(props: {
  failure: Failure;
  /** The list is not beside it. */
  phone: boolean;
  onRetry(): void;
  onBack(): void;
}) {
  const back = () => <Button onClick={() => props.onBack()}>Back to the list</Button>;
  return (
    <Switch>
      <Match when={props.failure.handedOn}>
        <Message
          icon="folder"
          title="This conversation was handed on"
          text="It is in a department that you do not serve, and not assigned to you. What you had typed is kept here."
        >
          {back()}
        </Message>
      </Match>
      <Match when={props.failure.missing}>
        <Message
          icon="search"
          title="This conversation cannot be found"
          text="It may be in a department that you do not serve, or of another organization."
        >
          {back()}
        </Message>
      </Match>
      <Match when={true}>
        <Message
          alert
          icon="alert"
          title="The conversation could not be loaded"
          text={`${props.failure.text} Nothing is lost; your draft is kept.`}
        >
          <Button onClick={() => props.onRetry()}>Try again</Button>
          <Show when={props.phone}>{back()}</Show>
        </Message>
      </Match>
    </Switch>
  );
}
