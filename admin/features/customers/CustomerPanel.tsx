import { A } from '@solidjs/router';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { dialled } from '../../../protocol/text/phone.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { describeBrowser } from '../../lib/user-agent.ts';
import type { Actions } from '../conversation/actions.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { PropertyRows } from '../conversation/properties/PropertyRows.tsx';
import { createProperties } from '../conversation/properties/properties.ts';
import { useInbox } from '../inbox/context.ts';
import { customerName } from '../inbox/names.ts';
import styles from './CustomerPanel.module.css';
import { labelledFields, withoutRepeats } from './custom-fields.ts';
import { placeName } from './place.ts';
import { safeUrl } from './safe-url.ts';
import { customerSheetPath, openedByLink } from './sheet-path.ts';

const EarlierConversations = lazily(() => import('./EarlierConversations.tsx'));

/** The customer of the open conversation, and the conversation's properties. */
export function CustomerPanel(props: {
  conversation: Conversation;
  actions: Actions;
  onOpened?: () => void;
}) {
  const customer = () => props.conversation.detail()?.widget_customer;
  return (
    <Show when={props.conversation.detail()} fallback={<PanelSkeleton />}>
      {(detail) => (
        <div class={styles.panel}>
          <Show
            when={customer()}
            fallback={<p class={styles.nothing}>No details about this customer.</p>}
          >
            {(record) => (
              <Head
                customer={record()}
                conversationId={props.conversation.id}
                onOpened={() => props.onOpened?.()}
              />
            )}
          </Show>
          <Show when={props.conversation.head()}>
            {(head) => <Properties head={head()} actions={props.actions} />}
          </Show>
          <Show when={customer()}>
            {(record) => (
              <>
                <Who
                  detail={detail()}
                  customer={record()}
                  page={props.conversation.page()?.url ?? detail().page_url}
                />
                <section class={styles.section}>
                  <h3 class={styles.heading}>Other conversations</h3>
                  {/* Loaded again when this conversation closes, since the customer may start another one. */}
                  <Show
                    when={
                      record().total_conversations > 1 ||
                      props.conversation.head()?.status === 'closed'
                    }
                    fallback={<p class={styles.unknown}>First conversation</p>}
                  >
                    <EarlierConversations
                      fallback={<Skeleton shape="line" />}
                      customerId={record().id}
                      currentId={props.conversation.id}
                      version={props.conversation.head()?.status ?? ''}
                      onOpened={() => props.onOpened?.()}
                    />
                  </Show>
                </section>
                <Technical customer={record()} referrer={detail().referrer} />
              </>
            )}
          </Show>
        </div>
      )}
    </Show>
  );
}

function Properties(props: { head: ConversationSummary; actions: Actions }) {
  const properties = createProperties(() => props.head, props.actions);
  return (
    <section class={styles.section} aria-label="Properties">
      <PropertyRows properties={properties} />
    </section>
  );
}

function Head(props: { customer: WidgetCustomerRecord; conversationId: string; onOpened(): void }) {
  const { path } = useInbox();
  return (
    <section class={styles.head}>
      <Avatar id={props.customer.id} name={props.customer.full_name} size="large" />
      <div class={styles.headText}>
        <h3 class={styles.name} dir="auto">
          <A
            href={customerSheetPath(path(props.conversationId), props.customer.id)}
            title="Open the customer"
            onClick={(event) => {
              const { altKey, ctrlKey, metaKey, shiftKey } = event;
              // Otherwise it opens in another tab.
              if (altKey || ctrlKey || metaKey || shiftKey) return;
              openedByLink();
              props.onOpened();
            }}
          >
            {customerName(props.customer)}
          </A>
        </h3>
        <Show
          when={props.customer.blocked_at}
          fallback={
            <p class={styles.unknown}>
              Seen <Time ago time={props.customer.last_seen_at} />
            </p>
          }
        >
          <p class={styles.error}>Blocked</p>
        </Show>
      </div>
    </section>
  );
}

/** The page they look at, what they answered, and how to reach them. Unknown facts are left out. */
function Who(props: {
  detail: ConversationDetail;
  customer: WidgetCustomerRecord;
  page: string | null;
}) {
  const { directory } = useInbox();
  const fields = createMemo(() =>
    withoutRepeats(
      labelledFields(
        props.customer.custom_fields,
        props.detail.department.pre_chat_fields,
        directory.departments().map((department) => department.pre_chat_fields),
      ),
      props.customer,
    ),
  );
  const place = () => placeName(props.customer.city, props.customer.country);
  const any = () =>
    props.page ||
    fields().length > 0 ||
    props.customer.email ||
    props.customer.phone ||
    props.detail.registered_customer ||
    place();
  return (
    <Show when={any()}>
      <section class={styles.section}>
        <h3 class={styles.heading}>Customer</h3>
        <dl class={styles.list}>
          <Show when={props.page}>
            {(page) => (
              <Entry label="Page">
                <WebAddress value={page()} />
              </Entry>
            )}
          </Show>
          <For each={fields()}>
            {(field) => (
              <Entry label={field.label}>
                <span dir="auto">{field.value}</span>
              </Entry>
            )}
          </For>
          <Show when={props.customer.email}>
            {(email) => (
              <Entry label="E-mail">
                <a href={`mailto:${encodeURIComponent(email()).replace('%40', '@')}`} dir="auto">
                  {email()}
                </a>
              </Entry>
            )}
          </Show>
          <Show when={props.customer.phone}>
            {(phone) => (
              <Entry label="Phone">
                <a href={`tel:${dialled(phone())}`} dir="auto">
                  {phone()}
                </a>
              </Entry>
            )}
          </Show>
          <Show when={props.detail.registered_customer}>
            {(registered) => (
              <Entry label="Signed in as">
                <span dir="auto" title="Verified by your website">
                  {registered().external_id}
                </span>
              </Entry>
            )}
          </Show>
          <Show when={place()}>{(name) => <Entry label="Location">{name()}</Entry>}</Show>
        </dl>
      </section>
    </Show>
  );
}

/** Facts that are rarely needed, collapsed. */
function Technical(props: { customer: WidgetCustomerRecord; referrer: string | null }) {
  const browser = () => describeBrowser(props.customer.user_agent);
  return (
    <section class={styles.section}>
      <details>
        <summary class={styles.summary}>Technical details</summary>
        <dl class={styles.list}>
          <Entry label="Conversations">{props.customer.total_conversations}</Entry>
          <Entry label="First seen">
            <Time ago time={props.customer.first_seen_at} />
          </Entry>
          <Show when={browser()}>
            {(name) => (
              <Entry label="Browser">
                <span title={props.customer.user_agent ?? ''}>{name()}</span>
              </Entry>
            )}
          </Show>
          <Show when={props.referrer}>
            {(referrer) => (
              <Entry label="Referrer">
                <WebAddress value={referrer()} />
              </Entry>
            )}
          </Show>
        </dl>
      </details>
    </section>
  );
}

function Entry(props: { label: string; children: JSX.Element }) {
  return (
    <div class={styles.entry}>
      <dt class={styles.label} dir="auto">
        {props.label}
      </dt>
      <dd class={styles.value}>{props.children}</dd>
    </div>
  );
}

/** A link if the URL is safe, otherwise its text. Visitors' pages can report any URL. */
function WebAddress(props: { value: string }) {
  const url = createMemo(() => safeUrl(props.value));
  const shown = (address: URL) => {
    const path = address.pathname === '/' ? '' : address.pathname;
    return `${address.host}${path}${address.search}`;
  };
  return (
    <Show when={url()} fallback={<span>{props.value}</span>}>
      {(address) => (
        <a
          class={styles.address}
          href={address().href}
          title={address().href}
          target="_blank"
          rel="noopener noreferrer"
        >
          <span>{shown(address())}</span>
          <Icon name="external" />
        </a>
      )}
    </Show>
  );
}

function PanelSkeleton() {
  return (
    <div class={styles.panel} role="status">
      <span class="visually-hidden">Loading the customer</span>
      <div class={styles.skeleton}>
        <Skeleton shape="avatar" />
        <Skeleton shape="half" />
        <Skeleton shape="line" />
        <Skeleton shape="line" />
        <Skeleton shape="half" />
      </div>
    </div>
  );
}
