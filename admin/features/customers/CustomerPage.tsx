import { useNavigate, useParams } from '@solidjs/router';
import { customerName } from '../inbox/names.ts';
import { ColumnPage } from '../shell/ColumnPage.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { CustomerDetails } from './CustomerDetails.tsx';
import { createCustomer } from './customer.ts';

/** The page of a customer. */
export default function CustomerPage() {
  const params = useParams();
  const navigate = useNavigate();
  const customer = createCustomer(() => params.id ?? '');
  useShortcuts({
    search: () => navigate('/search'),
    back: () => navigate('/customers'),
  });
  const title = () => {
    const record = customer.loaded()?.widget_customer;
    return record ? customerName(record) : 'Customer';
  };

  return (
    <ColumnPage
      title={title()}
      back={{ href: '/customers', label: 'Customers' }}
      hideTitle={customer.loaded() !== null}
    >
      <CustomerDetails customer={customer} heading="h1" hrefOf={(id) => `/customers/${id}`} />
    </ColumnPage>
  );
}
