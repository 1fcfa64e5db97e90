import { Navigate, Route, Router, type RouteSectionProps, useLocation } from '@solidjs/router';
import { createEffect, ErrorBoundary, Show } from 'solid-js';
import { Button } from './components/Button.tsx';
import { Message } from './components/Message.tsx';
import { Toaster } from './components/Toaster.tsx';
import { InboxPage } from './features/inbox/InboxPage.tsx';
import { SignedIn } from './features/session/SignedIn.tsx';
import { announcement } from './lib/announce.ts';
import { lazyPage } from './lib/lazily.tsx';
import { loading } from './lib/new-version.ts';
import { t as common } from './texts/common.ts';

// Opened once a day at most, so they load separately from the inbox.
const SignInPage = lazyPage(() => import('./features/session/SignInPage.tsx'));
const SignInLinkPage = lazyPage(() => import('./features/session/SignInLinkPage.tsx'));
const JoinPage = lazyPage(() => import('./features/session/JoinPage.tsx'));
const NewPasswordPage = lazyPage(() => import('./features/session/NewPasswordPage.tsx'));
const ConfirmAddressPage = lazyPage(() => import('./features/session/ConfirmAddressPage.tsx'));
const BootstrapPage = lazyPage(() => import('./features/bootstrap/BootstrapPage.tsx'));
const SettingsPage = lazyPage(() => import('./features/settings/SettingsPage.tsx'));
const SearchPage = lazyPage(() => import('./features/search/SearchPage.tsx'));
const CustomersPage = lazyPage(() => import('./features/customers/CustomersPage.tsx'));
const CustomerPage = lazyPage(() => import('./features/customers/CustomerPage.tsx'));
const NotFoundPage = lazyPage(() => import('./features/session/NotFoundPage.tsx'));

function Root(props: RouteSectionProps) {
  return (
    <ErrorBoundary fallback={<Broken />}>
      {props.children}
      <Toaster />
      <div class="visually-hidden" role="status">
        {announcement()}
      </div>
    </ErrorBoundary>
  );
}

/**
 * Shown after a defect in the dashboard, or when a page's code could not be loaded. If a new
 * version is the reason, it reloads the page.
 */
function Broken() {
  const { pathname, search } = useLocation();
  createEffect(() => {
    if (loading() === 'outdated') location.assign(pathname + search);
  });
  return (
    <Show when={loading() === 'fine' || loading() === 'failed'}>
      <Message
        alert
        icon="alert"
        title={loading() === 'failed' ? common.couldNotLoadPage : common.somethingWrong}
        text={common.draftsSaved}
      >
        <Button look="primary" onClick={() => location.reload()}>
          {common.reload}
        </Button>
      </Message>
    </Show>
  );
}

/** Every page of the dashboard. Those under `SignedIn` need a signed-in agent. */
export function App() {
  return (
    <Router base="/admin" root={Root}>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/sign-in-link" component={SignInLinkPage} />
      <Route path="/join" component={JoinPage} />
      <Route path="/new-password" component={NewPasswordPage} />
      <Route path="/confirm-address" component={ConfirmAddressPage} />
      <Route path="/setup" component={BootstrapPage} />
      <Route component={SignedIn}>
        <Route path="/" component={() => <Navigate href="/inbox/unassigned" />} />
        <Route path="/inbox/:queue?/:conversationId?" component={InboxPage} />
        <Route path="/search" component={SearchPage} />
        <Route path="/customers" component={CustomersPage} />
        <Route path="/customers/:id" component={CustomerPage} />
        <Route path="/settings/:section?/:id?" component={SettingsPage} />
      </Route>
      <Route path="*" component={NotFoundPage} />
    </Router>
  );
}
