import { MemoryRouter, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import type { JSX } from 'solid-js';

/** Renders something with links, or that guards what is unsaved, in a router of its own. */
export function renderInRouter(ui: () => JSX.Element) {
  return render(() => (
    <MemoryRouter>
      <Route path="*" component={() => ui()} />
    </MemoryRouter>
  ));
}
