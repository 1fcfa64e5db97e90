import { A } from '@solidjs/router';
import { onMount } from 'solid-js';
import { Message } from '../../components/Message.tsx';

export default function NotFoundPage() {
  onMount(() => {
    document.title = 'Not found · Foyer';
  });
  return (
    <main>
      <h1 class="visually-hidden">Not found</h1>
      <Message
        icon="search"
        title="Page not found"
        text="Check the address, or go back to your inbox."
      >
        <A href="/inbox/unassigned">Open the inbox</A>
      </Message>
    </main>
  );
}
