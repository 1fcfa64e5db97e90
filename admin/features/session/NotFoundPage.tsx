import { A } from '@solidjs/router';
import { onMount } from 'solid-js';
import { Message } from '../../components/Message.tsx';
import { t } from '../../texts/session.ts';

export default function NotFoundPage() {
  onMount(() => {
    document.title = `${t.notFound} · Foyer`;
  });
  return (
    <main>
      <h1 class="visually-hidden">{t.notFound}</h1>
      <Message icon="search" title={t.pageNotFound} text={t.checkAddress}>
        <A href="/inbox/unassigned">{t.openInbox}</A>
      </Message>
    </main>
  );
}
