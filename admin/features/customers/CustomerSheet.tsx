import { useSearchParams } from '@solidjs/router';
import { onCleanup } from 'solid-js';
import { Dialog } from '../../components/Dialog.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { useInbox } from '../inbox/context.ts';
import { CustomerDetails } from './CustomerDetails.tsx';
import styles from './CustomerPage.module.css';
import { createCustomer } from './customer.ts';
import { customerSheetPath, SHEET_PARAMETER, takeOpenedByLink } from './sheet-path.ts';

/** The customer as a sheet over the conversation. Its URL keeps it open after a reload. */
export default function CustomerSheet(props: { customerId: string; conversationId: string }) {
  const { path } = useInbox();
  const [, setQuery] = useSearchParams();
  const customer = createCustomer(() => props.customerId);

  function close(): void {
    if (takeOpenedByLink()) history.back();
    else setQuery({ [SHEET_PARAMETER]: null }, { replace: true });
  }

  onCleanup(takeOpenedByLink);

  return (
    <Dialog look="wide" title="Customer" open onClose={close}>
      <div class={styles.sheet}>
        <CustomerDetails
          customer={customer}
          heading="h2"
          openConversation={props.conversationId}
          hrefOf={(id) => customerSheetPath(path(props.conversationId), id)}
        >
          <LinkButton href={`/customers/${props.customerId}`}>Open full page</LinkButton>
        </CustomerDetails>
      </div>
    </Dialog>
  );
}
