import { createSignal, onCleanup } from 'solid-js';
import { describeError } from '../api/http.ts';
import { type Change, Records } from './records.ts';

/**
 * Milliseconds within which a list is loaded again after changes that this tab has missed. All open
 * dashboards may learn of it at once, so each waits a random time.
 */
const SPREAD = { from: 250, to: 2_000 };

/** Milliseconds by which two measurements of a duration may differ. */
const MARGIN = 1_000;

/** Milliseconds after which a list is loaded again in any case when the connection is back. */
const TRUSTED = 60 * 60_000;

/** The last change of a kind when a socket opened. */
export type LastChange = { version: number; age: number };

type Options<Item> = {
  /** Loads the whole list. */
  fetch(): Promise<readonly Item[]>;
  idOf(item: Item): string;
  /** The order of the list. If omitted, as it was loaded, and new records at the end. */
  compare?: ((a: Item, b: Item) => number) | undefined;
  /** Whether a removed id may come back, as a view that is shared again. */
  canReturn?: boolean | undefined;
  /** Whether frames arrive. If omitted, nothing but requests changes the list. */
  isLive?: (() => boolean) | undefined;
};

/** What a page needs to show a value, its error and a retry. */
export type Loaded<Value> = {
  value(): Value | null;
  error(): string | null;
  load(): Promise<void>;
};

/**
 * A list of records that every page shares. It is loaded once; after that it follows the answers to
 * this tab's changes and the frames of the organization's socket (Records). It is loaded again only
 * if a change was missed. A failed request keeps what is there.
 */
export function createCache<Item>({ fetch, idOf, compare, canReturn, isLive }: Options<Item>) {
  const records = new Records(idOf, canReturn);
  const [value, setValue] = createSignal<readonly Item[] | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  /** When the list was last requested, on the tab's own clock; null before the first time. */
  let requestedAt: number | null = null;
  let requests = 0;
  let pending = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const items = records.items();
    setValue(compare ? items.sort(compare) : items);
  }

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  async function load(): Promise<void> {
    cancel();
    const number = ++requests;
    requestedAt = performance.now();
    const request = records.ask();
    pending += 1;
    try {
      if (!records.list(await fetch(), request)) return;
      show();
      setError(null);
    } catch (failure) {
      if (number === requests) setError(describeError(failure));
    } finally {
      pending -= 1;
    }
  }

  /** Loads the list within two seconds, unless it was never used. */
  function loadSoon(): void {
    if (requestedAt === null) return;
    timer ??= setTimeout(load, SPREAD.from + Math.random() * (SPREAD.to - SPREAD.from));
  }

  /** Shows the records, and loads the list if a change is missing. */
  function settle(): void {
    if (value()) show();
    if (records.isComplete) cancel();
    else loadSoon();
  }

  onCleanup(cancel);

  return {
    value,
    error,
    load,
    loadSoon,
    items: (): readonly Item[] => value() ?? [],
    byId: (id: string): Item | undefined => value()?.find((item) => idOf(item) === id),
    /** `ready` stays while the connection is lost. */
    state: () => (value() ? 'ready' : error() ? 'failed' : 'loading'),
    /** Loads the list if it may not be up to date: it is used for the first time, or nothing follows it. */
    want(): void {
      if (pending === 0 && (value() === null || !isLive?.())) void load();
    },
    /**
     * Takes a record from the answer to a change. Without its number, as from an older Worker or if the
     * organization's object could not be reached, the list is loaded again, too.
     */
    put(item: Item, version?: number): void {
      records.put(item, version);
      if (value()) show();
      if (version === undefined && isLive) loadSoon();
    },
    /** Takes the answer that a record was removed. */
    remove(id: string): void {
      records.remove(id);
      if (value()) show();
    },
    /** A change was saved whose answer has no record. Its frame brings it, if frames arrive. */
    followed(): void {
      if (!isLive?.()) void load();
    },
    /** Takes a frame of the organization's socket. Without records, the list is loaded again. */
    receive(change: Change<Item>): void {
      records.change(change);
      if (change.version === undefined) loadSoon();
      else settle();
    },
    /**
     * The socket opened. Loads the list again, unless `last` proves that nothing was missed: all up to
     * that change has arrived, or the change was made before the list was requested. Both ages are
     * durations, so the two clocks need not agree.
     */
    welcome(last: LastChange = { version: 0, age: Number.POSITIVE_INFINITY }): void {
      if (requestedAt === null) return;
      const age = performance.now() - requestedAt;
      const isUncertain = error() !== null || age > TRUSTED || last.version < records.highest;
      if (last.version < records.highest) records.restart();
      if (last.age > age + MARGIN) records.contains(last.version);
      else records.change({ version: last.version });
      if (isUncertain) loadSoon();
      else settle();
    },
  };
}

/** The same for a kind that has one record: `value` is the record. */
export function createOne<Item>(
  options: Pick<Options<Item>, 'isLive'> & { fetch(): Promise<Item> },
) {
  const { fetch } = options;
  const cache = createCache<Item>({
    ...options,
    fetch: async () => [await fetch()],
    idOf: () => '',
  });
  return { ...cache, value: () => cache.value()?.[0] ?? null };
}

export type Cache<Item> = ReturnType<typeof createCache<Item>>;
