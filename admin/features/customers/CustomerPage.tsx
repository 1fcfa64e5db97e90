import { useNavigate, useParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, MAX_PHONE_LENGTH } from '../../../protocol/limits.ts';
import type { Page } from '../../../protocol/page.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Message } from '../../components/Message.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { showToast } from '../../lib/toasts.ts';
import { describeBrowser } from '../../lib/user-agent.ts';
import { useLive } from '../../live/live.ts';
import { customerName } from '../inbox/names.ts';
import { Shell } from '../shell/Shell.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { type CustomerWithConversations, changeCustomer, getCustomer, setBlocked } from './api.ts';
import { CustomerHistory } from './CustomerHistory.tsx';
import { CustomerNotes } from './CustomerNotes.tsx';
import styles from './CustomerPage.module.css';
import { labelledFields } from './custom-fields.ts';
import { EditInPlace } from './EditInPlace.tsx';
import { EndSessions } from './EndSessions.tsx';
import { placeName } from './place.ts';
import { Transcripts } from './Transcripts.tsx';

const NONE: Page<ConversationSummary> = { items: [], next_cursor: null };

/** The page of a customer: details, notes, history and conversations. */
export default function CustomerPage() {
  const params = useParams();
  const navigate = useNavigate();
  const { directory } = useLive();
  const [loaded, setLoaded] = createSignal<CustomerWithConversations | null>(null);
  const [failure, setFailure] = createSignal<{ notFound: boolean; text: string } | null>(null);
  const id = () => params.id ?? '';

  async function load(): Promise<void> {
    setFailure(null);
    try {
      setLoaded(await getCustomer(id()));
    } catch (error) {
      const notFound = error instanceof RequestError && [400, 404].includes(error.status);
      setFailure({ notFound, text: describeError(error) });
    }
  }

  createEffect(on(id, () => void load()));
  useShortcuts({
    search: () => navigate('/search'),
    back: () => navigate('/customers'),
  });

  const keep = (widget_customer: WidgetCustomerRecord) => {
    const current = loaded();
    if (current) setLoaded({ ...current, widget_customer });
  };
  /** Changes only when the conversations were loaded again, not when the name changes. */
  const newest = createMemo<Page<ConversationSummary> | null>((before) => {
    const current = loaded();
    if (!current) return null;
    const { conversations: items, conversations_cursor: next_cursor } = current;
    return before?.items === items ? before : { items, next_cursor };
  }, null);
  const fields = createMemo(() =>
    labelledFields(
      loaded()?.widget_customer.custom_fields ?? {},
      [],
      directory.departments().map(({ pre_chat_fields }) => pre_chat_fields),
    ),
  );

  return (
    <Show
      when={loaded()}
      fallback={
        <Shell title="Customer">
          <Show when={failure()} fallback={<Skeleton shape="bubble" />}>
            {(problem) => (
              <Message
                alert
                icon={problem().notFound ? 'person' : 'alert'}
                title={problem().notFound ? 'Customer not found' : 'Couldn’t load the customer'}
                text={problem().text}
              >
                <Show when={!problem().notFound}>
                  <Button onClick={() => void load()}>Try again</Button>
                </Show>
              </Message>
            )}
          </Show>
        </Shell>
      }
    >
      {(all) => {
        const customer = () => all().widget_customer;
        const save = (field: 'name' | 'email' | 'phone') => async (value: string) =>
          keep(await changeCustomer(customer().id, { [field]: value }));
        return (
          <Shell
            title={customerName(customer())}
            aside={
              <div class={styles.actions}>
                <EndSessions customerId={customer().id} />
                <BlockButton customer={customer()} onChanged={keep} />
              </div>
            }
          >
            <Show when={customer().blocked_at}>
              {(since) => (
                <p class={styles.blocked}>
                  Blocked <Time ago time={since()} />. They can’t open the chat or send messages.
                </p>
              )}
            </Show>
            <section class={styles.card} aria-label="Details">
              <dl class={styles.facts}>
                <Fact label="Name">
                  <EditInPlace
                    label="Name"
                    field="name"
                    longest={MAX_NAME_LENGTH}
                    value={customer().full_name}
                    onSave={save('name')}
                  />
                </Fact>
                <Fact label="E-mail">
                  <EditInPlace
                    label="E-mail"
                    field="email"
                    type="text"
                    inputmode="email"
                    longest={MAX_EMAIL_LENGTH}
                    value={customer().email}
                    onSave={save('email')}
                  />
                </Fact>
                <Fact label="Phone">
                  <EditInPlace
                    label="Phone"
                    field="phone"
                    type="tel"
                    longest={MAX_PHONE_LENGTH}
                    value={customer().phone}
                    onSave={save('phone')}
                  />
                </Fact>
                <Show when={all().registered}>
                  {(registered) => (
                    <Fact label="Registered as">
                      <span dir="auto">{registered().external_id}</span>
                    </Fact>
                  )}
                </Show>
                <For each={fields()}>
                  {(field) => (
                    <Fact label={field.label}>
                      <span dir="auto">{field.value}</span>
                    </Fact>
                  )}
                </For>
                <Fact label="Conversations">{customer().total_conversations}</Fact>
                <Fact label="First seen">
                  <Time ago time={customer().first_seen_at} />
                </Fact>
                <Fact label="Last seen">
                  <Time ago time={customer().last_seen_at} />
                </Fact>
                <Fact label="Location">
                  {placeName(customer().city, customer().country) ?? 'Unknown'}
                </Fact>
                <Fact label="Browser">{describeBrowser(customer().user_agent) ?? 'Unknown'}</Fact>
              </dl>
            </section>
            <CustomerNotes customerId={customer().id} />
            <CustomerHistory customerId={customer().id} changed={customer()} />
            <Transcripts
              customerId={customer().id}
              newest={newest() ?? NONE}
              departmentName={directory.departmentName}
              visitor={customerName(customer())}
            />
          </Shell>
        );
      }}
    </Show>
  );
}

function Fact(props: { label: string; children: JSX.Element }) {
  return (
    <div class={styles.fact}>
      <dt class={styles.label} dir="auto">
        {props.label}
      </dt>
      <dd class={styles.value}>{props.children}</dd>
    </div>
  );
}

/** Blocks after a second click. Unblocking needs one. */
function BlockButton(props: {
  customer: WidgetCustomerRecord;
  onChanged(customer: WidgetCustomerRecord): void;
}) {
  const [confirming, setConfirming] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const isBlocked = () => props.customer.blocked_at !== null;

  async function change(): Promise<void> {
    if (!isBlocked() && !confirming()) {
      setConfirming(true);
      return;
    }
    setBusy(true);
    try {
      props.onChanged(await setBlocked(props.customer.id, !isBlocked()));
    } catch (error) {
      showToast({ tone: 'bad', text: describeError(error) });
    } finally {
      setBusy(false);
      setConfirming(false);
    }
  }

  return (
    <Button busy={busy()} onBlur={() => setConfirming(false)} onClick={() => void change()}>
      {isBlocked() ? 'Unblock' : confirming() ? 'Click again to block' : 'Block'}
    </Button>
  );
}
