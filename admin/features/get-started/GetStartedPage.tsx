import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Message } from '../../components/Message.tsx';
import { useSession } from '../session/session.ts';
import GetStarted from './GetStarted.tsx';
import { showsGetStarted } from './shown.ts';

/** The first steps as a page of their own, for phones and for whoever comes from the navigation. */
export default function GetStartedPage() {
  const { me } = useSession();
  return (
    <Show
      when={showsGetStarted(me)}
      fallback={
        <Message icon="check" title="You’re all set" text="Everything else is in the settings.">
          <A href="/inbox/unassigned">Open the inbox</A>
        </Message>
      }
    >
      <h1 class="visually-hidden">Get started</h1>
      <GetStarted />
    </Show>
  );
}
