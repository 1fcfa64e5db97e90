import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Message } from '../../components/Message.tsx';
import { t } from '../../texts/start.ts';
import { useSession } from '../session/session.ts';
import GetStarted from './GetStarted.tsx';
import { showsGetStarted } from './shown.ts';

/** The page with the first steps, for phones and for the link in the navigation. */
export default function GetStartedPage() {
  const { me } = useSession();
  return (
    <Show
      when={showsGetStarted(me)}
      fallback={
        <Message icon="check" title={t.allSet} text={t.allSetText}>
          <A href="/inbox/unassigned">{t.openInbox}</A>
        </Message>
      }
    >
      <h1 class="visually-hidden">{t.title}</h1>
      <GetStarted />
    </Show>
  );
}
