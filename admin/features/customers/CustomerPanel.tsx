import { A } from '@solidjs/router';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { dialled } from '../../../protocol/text/phone.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { describeBrowser } from '../../lib/user-agent.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { useInbox } from '../inbox/context.ts';
import { customerName } from '../inbox/names.ts';
import styles from './CustomerPanel.module.css';
import { labelledFields } from './custom-fields.ts';
import { placeName } from './place.ts';
import { safeUrl } from './safe-url.ts';

const EarlierConversations = lazily(() => import('./EarlierConversations.tsx'));

/** The customer of the open conversation. */
export function CustomerPanel(props: { conversation: Conversation; onOpened?: () => void }) {
  const customer = () => props.conversation.detail()?.widget_customer;
  return (
    <Show when={props.conversation.detail()} fallback={<PanelSkeleton />}>
      {(detail) => (
        <Show
          when={customer()}
          fallback={<p class={styles.nothing}>No details about this customer.</p>}
        >
          {(record) => (
            <div class={styles.panel}>
              <Identity customer={record()} />
              <Answers detail={detail()} customer={record()} />
              <Visit
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
            </div>
          )}
        </Show>
      )}
    </Show>
  );
}

function Identity(props: { customer: WidgetCustomerRecord }) {
  return (
    <section class={styles.identity}>
      <Avatar id={props.customer.id} name={props.customer.full_name} size="large" />
      <h3 class={styles.name} dir="auto">
        <A href={`/customers/${props.customer.id}`} title="Open the customer’s page">
          {customerName(props.customer)}
        </A>
      </h3>
      <Show when={props.customer.blocked_at}>
        <p class={styles.error}>Blocked</p>
      </Show>
      <dl class={styles.list}>
        <Entry label="E-mail">
          <Show when={props.customer.email} fallback={<Unknown />}>
            {(email) => (
              <a href={`mailto:${encodeURIComponent(email()).replace('%40', '@')}`} dir="auto">
                {email()}
              </a>
            )}
          </Show>
        </Entry>
        <Entry label="Phone">
          <Show when={props.customer.phone} fallback={<Unknown />}>
            {(phone) => (
              <a href={`tel:${dialled(phone())}`} dir="auto">
                {phone()}
              </a>
            )}
          </Show>
        </Entry>
      </dl>
    </section>
  );
}

function Answers(props: { detail: ConversationDetail; customer: WidgetCustomerRecord }) {
  const { directory } = useInbox();
  const fields = createMemo(() =>
    labelledFields(
      props.customer.custom_fields,
      props.detail.department.pre_chat_fields,
      directory.departments().map((department) => department.pre_chat_fields),
    ),
  );
  return (
    <Show when={fields().length > 0}>
      <section class={styles.section}>
        <h3 class={styles.heading}>Details</h3>
        <dl class={styles.list}>
          <For each={fields()}>
            {(field) => (
              <Entry label={field.label}>
                <span dir="auto">{field.value}</span>
              </Entry>
            )}
          </For>
        </dl>
      </section>
    </Show>
  );
}

function Visit(props: {
  detail: ConversationDetail;
  customer: WidgetCustomerRecord;
  page: string | null;
}) {
  return (
    <section class={styles.section}>
      <h3 class={styles.heading}>Visitor</h3>
      <dl class={styles.list}>
        <Show when={props.detail.registered_customer}>
          {(registered) => (
            <Entry label="Signed in as">
              <span dir="auto" title="Verified by your website">
                {registered().external_id}
              </span>
            </Entry>
          )}
        </Show>
        <Entry label="Conversations">{props.customer.total_conversations}</Entry>
        <Entry label="First seen">
          <Time ago time={props.customer.first_seen_at} />
        </Entry>
        <Entry label="Last seen">
          <Time ago time={props.customer.last_seen_at} />
        </Entry>
        <Entry label="Location">
          {placeName(props.customer.city, props.customer.country) ?? <Unknown />}
        </Entry>
        <Entry label="Browser">
          <span title={props.customer.user_agent ?? ''}>
            {describeBrowser(props.customer.user_agent) ?? <Unknown />}
          </span>
        </Entry>
        <Entry label="Page">
          <WebAddress value={props.page} />
        </Entry>
        <Entry label="Referrer">
          <WebAddress value={props.detail.referrer} />
        </Entry>
      </dl>
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

function Unknown() {
  return <span class={styles.unknown}>Unknown</span>;
}

/** A link if the URL is safe, otherwise its text. Visitors' pages can report any URL. */
function WebAddress(props: { value: string | null }) {
  const url = createMemo(() => safeUrl(props.value));
  const shown = (address: URL) => {
    const path = address.pathname === '/' ? '' : address.pathname;
    return `${address.host}${path}${address.search}`;
  };
  return (
    <Show
      when={url()}
      fallback={
        <Show when={props.value} fallback={<Unknown />}>
          {(value) => <span>{value()}</span>}
        </Show>
      }
    >
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
