import { createSignal } from 'solid-js';
import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import { describeError } from '../../../api/http.ts';
import { listCannedResponses } from '../../canned-responses/api.ts';
import { CREATE, creation, matching, slashAt } from './canned.ts';
import { createSuggestions, type Sign } from './suggestions.ts';

/**
 * The suggestions of canned responses for a slash.
 *
 * @param mayCreate whether the agent can add responses
 */
export function createCannedPicker(
  onChoose: (response: Pick<CannedResponse, 'body'>, slash: Sign) => void,
  mayCreate: boolean,
) {
  const [all, setAll] = createSignal<readonly CannedResponse[] | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  /** The slash and the shortcut that a response is being created for. */
  const [creating, setCreating] = createSignal<Sign | null>(null);

  const suggestions = createSuggestions({
    find: slashAt,
    offer(query) {
      const responses = all();
      if (responses === null) return [];
      return [...matching(responses, query), ...(mayCreate ? creation(responses, query) : [])];
    },
    onChoose(response, slash) {
      if (response.id === CREATE) setCreating(slash);
      else onChoose(response, slash);
    },
    // Changes by others show the next time it opens.
    onOpen: () => void load(),
    isLoading: () => all() === null && error() === null,
    hasMessage: () => note() !== null,
    // What begins with a slash may be meant as it is written.
    isQuiet: ({ id }) => id === CREATE,
  });
  const { sign, offered } = suggestions;

  /** Why no response is offered, if that needs a message. */
  const note = () => {
    if (sign() === null || offered().length > 0) return null;
    if (all() === null) return error() ?? 'Loading…';
    if (all()?.length !== 0) return null;
    return mayCreate
      ? 'No canned responses yet. Type a shortcut to create one.'
      : 'No canned responses yet. Owners and admins can create them.';
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

  return {
    ...suggestions,
    note,
    mayCreate,
    creating,
    stopCreating: () => setCreating(null),
    /** Inserts a response that was created just now. */
    created(response: Pick<CannedResponse, 'body'>): void {
      const slash = creating();
      setCreating(null);
      if (slash) onChoose(response, slash);
    },
  };
}

export type CannedPicker = ReturnType<typeof createCannedPicker>;
