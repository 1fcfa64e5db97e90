import { expectTypeOf, test } from 'vitest';
import type { FoyerApi, FoyerMessage } from './foyer.ts';

/** How a site's own TypeScript sees /foyer.d.ts; `tsc --build` checks it. */

test('commands and events are typed, called either way', () => {
  type Site = (foyer: FoyerApi) => void;
  const good: Site = (foyer) => {
    foyer.identify({ token: 'e30.e30.e30', name: 'Ada' });
    foyer('identify', { email: 'ada@shop.example' });
    foyer('update', { plan: 'gold', seats: 3, trial: false });
    foyer.setDepartment(null);
    foyer('startConversation');
    foyer.startConversation('Where is my parcel?');
    foyer('shutdown');
    foyer.on('ready', () => {});
    foyer('on', 'unread', ({ count }) => expectTypeOf(count).toEqualTypeOf<number>());
    foyer.on('message', (message) => expectTypeOf(message).toEqualTypeOf<FoyerMessage>());
    foyer('off', 'message');
  };
  const bad: Site = (foyer) => {
    // @ts-expect-error an unknown command
    foyer('dance');
    // @ts-expect-error an event that there is not
    foyer.on('lunch', () => {});
    // @ts-expect-error fields of one's own go to `update`
    foyer.identify({ plan: 'gold' });
    // @ts-expect-error a language is a text
    foyer('setLocale', 7);
  };
  expectTypeOf(good).toEqualTypeOf(bad);
  expectTypeOf<typeof window.Foyer>().toEqualTypeOf<FoyerApi>();
});
