import { createSignal } from 'solid-js';
import type { CannedResponse } from '../../../../protocol/resources/canned-response.ts';
import type { Cache } from '../../../live/cache.ts';
import { t } from '../../../texts/commands.ts';
import { CREATE, creation, matching, slashAt } from './canned.ts';
import { createSuggestions, type Sign } from './suggestions.ts';

/**
 * The suggestions of canned responses for a slash. They are loaded with the first slash.
 *
 * @param mayCreate whether the agent can add responses
 */
export function createCannedPicker(
  canned: () => Cache<CannedResponse>,
  onChoose: (response: Pick<CannedResponse, 'body'>, slash: Sign) => void,
  mayCreate: boolean,
) {
  /** The slash and the shortcut that a response is being created for. */
  const [creating, setCreating] = createSignal<Sign | null>(null);

  const suggestions = createSuggestions({
    find: slashAt,
    offer(query) {
      const responses = canned().value();
      if (responses === null) return [];
      return [...matching(responses, query), ...(mayCreate ? creation(responses, query) : [])];
    },
    onChoose(response, slash) {
      if (response.id === CREATE) setCreating(slash);
      else onChoose(response, slash);
    },
    onOpen: () => canned().want(),
    isLoading: () => canned().state() === 'loading',
    hasMessage: () => note() !== null,
    // What begins with a slash may be meant as it is written.
    isQuiet: ({ id }) => id === CREATE,
  });
  const { sign, offered } = suggestions;

  /** Why no response is offered, if that needs a message. */
  const note = () => {
    if (sign() === null || offered().length > 0) return null;
    const { value, error } = canned();
    if (value() === null) return error() ?? t.canned.loading;
    if (value()?.length !== 0) return null;
    return mayCreate ? t.canned.noneForAdmin : t.canned.none;
  };

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
