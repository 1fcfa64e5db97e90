import type { Navigator } from '@solidjs/router';
import { type Accessor, createEffect, on, onCleanup } from 'solid-js';
import { preferences } from '../../profile/preferences.ts';
import { beforeCommands } from '../../shortcuts/shortcuts.ts';
import { MOVES } from '../../shortcuts/table.ts';
import type { RowFocus } from '../list/row-focus.ts';
import { rowAfter } from './advance.ts';
import { targetsOf } from './targets.ts';
import type { Triage } from './triage.ts';

/** Milliseconds without `j` or `k` after which the focused row opens. */
const SKIM = 120;
/** Milliseconds for which a command waits for the conversation that it is meant for. */
const MAX_WAIT = 1_000;

type Deps = {
  navigate: Navigator;
  ids: Accessor<readonly string[]>;
  /** The open conversation. */
  current: Accessor<string | undefined>;
  /** The selected rows. */
  selected: Accessor<readonly string[]>;
  rows: RowFocus;
  /** The URL of the list, or of a conversation in it. */
  path(conversationId?: string): string;
  /** Whether the list and the conversation are shown one at a time. */
  onePane: Accessor<boolean>;
};

/** How an agent goes from one conversation to the next. */
export function createFlow({ navigate, ids, current, selected, rows, path, onePane }: Deps) {
  /** The row that opens once the agent stops at it. */
  let wanted: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The open conversation's own actions, once its pane is there. */
  let pane: { id: string; actions: Triage } | null = null;
  let waiting: { id: string; done(): void } | null = null;

  function forget(): void {
    clearTimeout(timer);
    wanted = undefined;
  }
  // A click opens another one.
  createEffect(on(current, forget, { defer: true }));
  onCleanup(forget);

  function show(id: string | undefined): void {
    // The history gets one entry, however many conversations were skimmed.
    navigate(path(id), { replace: current() !== undefined });
  }

  function openWanted(): void {
    const id = wanted;
    forget();
    if (id !== undefined && id !== current()) show(id);
  }

  function go(id: string | null): void {
    forget();
    show(id ?? undefined);
    if (id === null) queueMicrotask(rows.focusList);
    else if (!onePane()) queueMicrotask(() => rows.focus(id));
  }

  // A command after `j` is meant for the row that `j` went to.
  beforeCommands((command) => {
    const id = wanted;
    if (id === undefined || MOVES.includes(command)) return null;
    openWanted();
    return new Promise((resolve) => {
      const giveUp = setTimeout(resolve, MAX_WAIT);
      waiting = {
        id,
        done(): void {
          clearTimeout(giveUp);
          resolve();
        },
      };
    });
  });

  return {
    /** The conversations that a key acts on now. */
    targets: () =>
      targetsOf({ selected: selected(), focused: wanted ?? rows.focused(), open: current() }),

    /** Moves the focus by one row. Where the conversation is beside the list, it opens. */
    move(step: 1 | -1): void {
      const id = rows.move(step);
      if (id === undefined || onePane()) return;
      forget();
      wanted = id;
      timer = setTimeout(openWanted, SKIM);
    },

    /** The open conversation registers its actions, until the function that it gets is called. */
    arrived(id: string, actions: Triage): () => void {
      const arrival = { id, actions };
      pane = arrival;
      // Once everything in the pane handles its keys.
      if (waiting?.id === id) setTimeout(waiting.done);
      return () => {
        if (pane === arrival) pane = null;
      };
    },

    /** The actions of the open conversation, if they are for these conversations. */
    actionsOfPane: (targets: readonly string[]) =>
      pane !== null && targets.length === 1 && targets[0] === pane.id ? pane.actions : null,

    /**
     * Call it before conversations leave the list: opens the next row, or what the agent prefers,
     * if the open or the focused conversation is one of them.
     *
     * @returns brings back what was open
     */
    leave(leaving: readonly string[]): () => void {
      const [all, open, focused] = [ids(), current(), rows.focused()];
      const from = [open, focused, ...leaving].find((id) => id && leaving.includes(id)) ?? '';
      const wasOpen = open !== undefined && leaving.includes(open);
      const here = path(open);
      const back = () => {
        forget();
        navigate(here, { replace: true });
        queueMicrotask(() => rows.focus(from));
      };
      const direction = preferences.after_closing;
      if (direction === 'stay') {
        if (focused !== undefined && leaving.includes(focused)) rows.focusList();
        return back;
      }
      const at = all.indexOf(from);
      const next = rowAfter(all, leaving, at === -1 ? rows.lastIndex() : at, direction);
      if (wasOpen || (from === focused && leaving.length === 1 && !onePane())) go(next);
      else if (next === null) rows.focusList();
      else rows.focus(next);
      return back;
    },
  };
}

export type Flow = ReturnType<typeof createFlow>;
