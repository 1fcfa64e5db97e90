import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { dialled } from '../../../protocol/text/phone.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { lazily } from '../../lib/lazily.tsx';
import type { Actions } from '../conversation/actions.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { PanelProperties } from '../conversation/properties/PanelProperties.tsx';
import { useInbox } from '../inbox/context.ts';
import { customerName } from '../inbox/names.ts';
import styles from './CustomerPanel.module.css';
import { labelledFields, withoutRepeats } from './custom-fields.ts';
import { Entry, WebAddress } from './Entry.tsx';
import { placeName } from './place.ts';
import { customerSheetPath, openedByLink } from './sheet-path.ts';
import { TechnicalDetails } from './TechnicalDetails.tsx';

const EarlierConversations = lazily(() => import('./EarlierConversations.tsx'));

/** The customer of the open conversation, and the conversation's properties. */
export default function CustomerPanel(props: {
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
            {(head) => (
              <section class={styles.properties} aria-label="Properties">
                <PanelProperties head={head()} actions={props.actions} />
              </section>
            )}
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
                <TechnicalDetails customer={record()} referrer={detail().referrer} />
              </>
            )}
          </Show>
        </div>
      )}
    </Show>
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
