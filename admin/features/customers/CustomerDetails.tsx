import { createMemo, For, type JSX, Show } from 'solid-js';
import { MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, MAX_PHONE_LENGTH } from '../../../protocol/limits.ts';
import { Button } from '../../components/Button.tsx';
import { Message } from '../../components/Message.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { describeBrowser } from '../../lib/user-agent.ts';
import { useLive } from '../../live/live.ts';
import { customerName } from '../inbox/names.ts';
import { changeCustomer } from './api.ts';
import { CustomerHead } from './CustomerHead.tsx';
import { CustomerHistory } from './CustomerHistory.tsx';
import { CustomerNotes } from './CustomerNotes.tsx';
import styles from './CustomerPage.module.css';
import { labelledFields, withoutRepeats } from './custom-fields.ts';
import type { Customer } from './customer.ts';
import { EditInPlace } from './EditInPlace.tsx';
import { placeName } from './place.ts';
import { SameAddress } from './SameAddress.tsx';
import { Transcripts } from './Transcripts.tsx';

/** All about a customer: who they are, notes, history and conversations. For the page and the sheet. */
export function CustomerDetails(props: {
  customer: Customer;
  /** The level of the name's heading. */
  heading: 'h1' | 'h2';
  /** The conversation that is open behind the sheet. */
  openConversation?: string;
  /** The URL that shows another customer in the same place. */
  hrefOf(customerId: string): string;
  /** Further actions beside the name. */
  children?: JSX.Element;
}) {
  const { directory } = useLive();
  const fields = createMemo(() => {
    const record = props.customer.loaded()?.widget_customer;
    if (!record) return [];
    const forms = directory.departments().map(({ pre_chat_fields }) => pre_chat_fields);
    return withoutRepeats(labelledFields(record.custom_fields, [], forms), record);
  });
  const save = (field: 'name' | 'email' | 'phone', id: string) => async (value: string) =>
    props.customer.keep(await changeCustomer(id, { [field]: value }));

  return (
    <Show when={props.customer.loaded()} fallback={<Missing customer={props.customer} />}>
      {(all) => {
        const customer = () => all().widget_customer;
        const place = () => placeName(customer().city, customer().country);
        const browser = () => describeBrowser(customer().user_agent);
        return (
          <div class={styles.details}>
            <CustomerHead
              customer={customer()}
              heading={props.heading}
              conversations={all().conversations}
              openConversation={props.openConversation}
              onChanged={props.customer.keep}
            >
              {props.children}
            </CustomerHead>
            <Show when={customer().blocked_at}>
              {(since) => (
                <p class={styles.blocked}>
                  Blocked <Time ago time={since()} />. They can’t open the chat or send messages.
                </p>
              )}
            </Show>
            <Show when={customer().email}>
              {(email) => (
                <SameAddress email={email()} customerId={customer().id} hrefOf={props.hrefOf} />
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
                    onSave={save('name', customer().id)}
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
                    onSave={save('email', customer().id)}
                  />
                </Fact>
                <Fact label="Phone">
                  <EditInPlace
                    label="Phone"
                    field="phone"
                    type="tel"
                    longest={MAX_PHONE_LENGTH}
                    value={customer().phone}
                    onSave={save('phone', customer().id)}
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
                <Show when={place()}>{(name) => <Fact label="Location">{name()}</Fact>}</Show>
              </dl>
            </section>
            <CustomerNotes customerId={customer().id} />
            <Transcripts
              customerId={customer().id}
              newest={props.customer.conversations()}
              departmentName={directory.departmentName}
              visitor={customerName(customer())}
            />
            <CustomerHistory customerId={customer().id} changed={customer()} />
            <details>
              <summary class={styles.technical}>Technical details</summary>
              <dl class={styles.facts}>
                <Fact label="Conversations">{customer().total_conversations}</Fact>
                <Fact label="First seen">
                  <Time ago time={customer().first_seen_at} />
                </Fact>
                <Show when={browser()}>
                  {(name) => (
                    <Fact label="Browser">
                      <span title={customer().user_agent ?? ''}>{name()}</span>
                    </Fact>
                  )}
                </Show>
              </dl>
            </details>
          </div>
        );
      }}
    </Show>
  );
}

/** The loading state, and what went wrong. */
function Missing(props: { customer: Customer }) {
  return (
    <Show when={props.customer.failure()} fallback={<Skeleton shape="bubble" />}>
      {(problem) => (
        <Message
          alert
          icon={problem().notFound ? 'person' : 'alert'}
          title={problem().notFound ? 'Customer not found' : 'Couldn’t load the customer'}
          text={problem().text}
        >
          <Show when={!problem().notFound}>
            <Button onClick={() => void props.customer.load()}>Try again</Button>
          </Show>
        </Message>
      )}
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
