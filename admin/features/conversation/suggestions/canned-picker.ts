import { createSignal } from 'solid-js';
import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import { describeError } from '../../../api/http.ts';
import { listCannedResponses } from '../../canned-responses/api.ts';
import { matching, slashAt } from './canned.ts';
import { createSuggestions, type Sign } from './suggestions.ts';

/** The suggestions of canned responses for a slash. */
export function createCannedPicker(onChoose: (response: CannedResponse, slash: Sign) => void) {
  const [all, setAll] = createSignal<readonly CannedResponse[] | null>(null);
  const [error, setError] = createSignal<string | null>(null);

  const suggestions = createSuggestions({
    find: slashAt,
    offer: (query) => matching(all() ?? [], query),
    onChoose,
    // Changes by others show the next time it opens.
    onOpen: () => void load(),
    isLoading: () => all() === null && error() === null,
    hasMessage: () => note() !== null,
  });
  const { sign, offered } = suggestions;

  /** Why no response is offered, if that needs a message. */
  const note = () => {
    if (sign() === null || offered().length > 0) return null;
    if (all() === null) return error() ?? 'Loading…';
    return all()?.length === 0 ? 'No canned responses yet. Create them in Settings.' : null;
  };

  async function load(): Promise<void> {
    try {
      const responses = await listCannedResponses();
      setAll(responses);
      setError(null);
    } catch (failure) {
      setError(describeError(failure));
    }
  }

  return { ...suggestions, note };
}

export type CannedPicker = ReturnType<typeof createCannedPicker>;
