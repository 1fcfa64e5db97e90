import { cleanup, configure } from '@solidjs/testing-library';
import { afterEach } from 'vitest';
import { guardComposition } from '../../protocol/client/input/keys.ts';

// The roles that are there say enough; the whole page would hide them.
configure({
  getElementError: (message) => new Error(message ?? 'An element was not found as expected.'),
});
afterEach(cleanup);
// happy-dom has no popovers. Elements in them are found as if they were open.
HTMLElement.prototype.showPopover ??= () => undefined;
// Both apps begin with it (admin/main.tsx, widget/frame/index.tsx).
guardComposition(window);
