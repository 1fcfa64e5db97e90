import { Navigate, type RouteSectionProps, useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createSignal, Match, onCleanup, Switch } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { describeError, onSignedOut, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Message } from '../../components/Message.tsx';
import { applyTheme } from '../../lib/theme.ts';
import { showToast } from '../../lib/toasts.ts';
import { createLive, LiveContext } from '../../live/live.ts';
import { t as common } from '../../texts/common.ts';
import { InboxSkeleton } from '../inbox/InboxSkeleton.tsx';
import { createNotifications } from '../notifications/notifications.ts';
import { PaletteHost } from '../palette/PaletteHost.tsx';
import { adoptPreferences, preferences } from '../profile/preferences.ts';
import { Shell } from '../shell/Shell.tsx';
import { getMe, type Me, signOut } from './api.ts';
import { signInPath } from './return-path.ts';
import { type Session, SessionContext } from './session.ts';

type State =
  | { at: 'loading' }
  /** `me` is a store: whoever reads it follows what `adopt` takes. */
  | { at: 'signed-in'; me: Me; adopt(me: Me): void }
  | { at: 'signed-out' }
  | { at: 'failed'; error: string };

/**
 * The layout of all pages for signed-in agents. Others are sent to the sign-in page and come back.
 */
export function SignedIn(props: RouteSectionProps) {
  const location = useLocation();
  const navigate = useNavigate();
  const [state, setState] = createSignal<State>({ at: 'loading' });

  async function load(): Promise<void> {
    setState({ at: 'loading' });
    try {
      const [me, setMe] = createStore(await getMe());
      adoptPreferences(me.preferences);
      const adopt = (nextMe: Me) => setMe(reconcile(nextMe));
      setState({ at: 'signed-in', me, adopt });
    } catch (error) {
      if (error instanceof RequestError && error.status === 401) setState({ at: 'signed-out' });
      else setState({ at: 'failed', error: describeError(error) });
    }
  }

  async function signOutHere(): Promise<void> {
    try {
      await signOut();
      navigate('/sign-in');
    } catch (error) {
      showToast({ tone: 'bad', text: common.stillSignedIn(describeError(error)) });
    }
  }

  createEffect(() => {
    if (signedIn()) applyTheme(preferences.theme);
  });
  onCleanup(onSignedOut(() => setState({ at: 'signed-out' })));
  void load();

  const signedIn = () => {
    const current = state();
    return current.at === 'signed-in' ? current : null;
  };
  const error = () => {
    const current = state();
    return current.at === 'failed' ? current.error : null;
  };

  return (
    <Switch fallback={<InboxSkeleton />}>
      <Match when={signedIn()} keyed>
        {({ me, adopt }) => {
          const session: Session = {
            me,
            adopt,
            // Without a response nothing changes. A 401 is handled elsewhere.
            renew: () => getMe().then(adopt, () => undefined),
            notifications: createNotifications(me, (id) => navigate(`/inbox/all/${id}`)),
            signOut: signOutHere,
          };
          return (
            <SessionContext.Provider value={session}>
              <LiveContext.Provider value={createLive(session)}>
                <Shell>{props.children}</Shell>
                <PaletteHost />
              </LiveContext.Provider>
            </SessionContext.Provider>
          );
        }}
      </Match>
      <Match when={state().at === 'signed-out'}>
        <Navigate href={signInPath(location.pathname, location.search)} />
      </Match>
      <Match when={error()}>
        {(text) => (
          <Message alert icon="alert" title={common.couldNotLoadDashboard} text={text()}>
            <Button look="primary" onClick={() => void load()}>
              {common.tryAgain}
            </Button>
          </Message>
        )}
      </Match>
    </Switch>
  );
}
