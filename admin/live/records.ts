import { replaces } from './reconcile.ts';

/** The state of one record. `item` is null once it was removed. */
type Entry<Item> = { item: Item | null; version: number; at: number };

/** What a tab had received when it requested a list. */
export type ListRequest = { version: number; at: number };

/** A frame's change: the records as they are now, and the ids of those that are gone. */
export type Change<Item> = {
  version?: number | undefined;
  items?: readonly Item[] | undefined;
  removed?: readonly string[] | undefined;
};

/**
 * The records of one kind, from lists, from answers to changes, and from frames, which arrive in any
 * order and may arrive twice. It relies on how the organization's object numbers changes
 * (worker/organization/change-versions.ts): the records of number `n` contain every write with a number
 * up to `n`.
 *
 * Invariants:
 * 1. The version of a record never goes down.
 * 2. A list contains every change whose number had arrived when the list was requested. So the list
 *    replaces what had arrived by then, and what arrives later stays.
 * 3. A removed record stays removed. If the kind lets an id return, a newer version brings it back, or a
 *    list that was requested after the removal was known.
 * 4. Once every number up to the highest has arrived, or a list was requested after the highest, the
 *    records are what the database has. Until then `isComplete` is false.
 */
export class Records<Item> {
  readonly #idOf: (item: Item) => string;
  readonly #canReturn: boolean;
  #entries = new Map<string, Entry<Item>>();
  /** The highest number that has arrived. */
  #highest = 0;
  /** Every change up to this number is contained. Null before the first number. */
  #complete: number | null = null;
  /** Numbers above `#complete` that have arrived. */
  readonly #early = new Set<number>();
  /** The changes up to this number are in the last list. */
  #listed = 0;
  /** When the last list was requested, on this tab's own count of events. */
  #listedAt = 0;
  #events = 0;

  /** @param canReturn whether a removed id may be used again; if not, it stays removed for good */
  constructor(idOf: (item: Item) => string, canReturn = false) {
    this.#idOf = idOf;
    this.#canReturn = canReturn;
  }

  /** To be called when a list is requested. */
  ask(): ListRequest {
    this.#events += 1;
    return { version: this.#highest, at: this.#events };
  }

  /** Takes a list. Returns false if a list that was requested later is already there. */
  list(items: readonly Item[], request: ListRequest): boolean {
    if (request.at < this.#listedAt) return false;
    this.#listedAt = request.at;
    const before = this.#entries;
    const next = new Map<string, Entry<Item>>();
    for (const item of items) {
      const entry = before.get(this.#idOf(item));
      const isLater = entry && this.#isLater(entry, request);
      next.set(this.#idOf(item), isLater ? entry : { item, ...request });
    }
    for (const [id, entry] of before) {
      if (!next.has(id) && (this.#isLater(entry, request) || entry.item === null))
        next.set(id, entry);
    }
    this.#entries = next;
    this.contains(request.version);
    return true;
  }

  /** The list contains every change up to this number. */
  contains(version: number): void {
    this.#listed = Math.max(this.#listed, version);
    this.#highest = Math.max(this.#highest, version);
    this.#complete = Math.max(this.#complete ?? 0, version);
    this.#advance();
  }

  /** Takes a frame. One without records only says that its number exists. */
  change({ version = 0, items, removed = [] }: Change<Item>): void {
    this.#events += 1;
    const isListed = version <= this.#listed;
    if (!this.#canReturn) for (const id of removed) this.#note(id, null, Number.POSITIVE_INFINITY);
    else if (!isListed) for (const id of removed) this.#note(id, null, version);
    if (isListed) return;
    this.#highest = Math.max(this.#highest, version);
    if (!items) return;
    for (const item of items) this.#note(this.#idOf(item), item, version);
    this.#complete ??= version - 1;
    this.#early.add(version);
    this.#advance();
  }

  /**
   * Takes the record in the answer to a change. Without its number it counts as the newest for now: the
   * list has to be requested again.
   */
  put(item: Item, version?: number): void {
    if (version !== undefined && version <= this.#listed) return;
    this.#events += 1;
    this.#highest = Math.max(this.#highest, version ?? 0);
    this.#note(this.#idOf(item), item, version ?? this.#highest);
  }

  /** Takes the answer that a record was removed. */
  remove(id: string): void {
    this.#events += 1;
    this.#note(id, null, Number.POSITIVE_INFINITY);
  }

  /** The numbers began again, as after a restore: what is known has no number any more. */
  restart(): void {
    for (const entry of this.#entries.values()) entry.version = 0;
    this.#highest = 0;
    this.#listed = 0;
    this.#complete = null;
    this.#early.clear();
  }

  get highest(): number {
    return this.#highest;
  }

  /** Whether no change is missing up to the highest number that has arrived. */
  get isComplete(): boolean {
    return (this.#complete ?? 0) >= this.#highest;
  }

  items(): Item[] {
    return [...this.#entries.values()].flatMap(({ item }) => (item === null ? [] : [item]));
  }

  #note(id: string, item: Item | null, version: number): void {
    const entry = this.#entries.get(id);
    if (!replaces(entry && { version: entry.version, isRemoved: entry.item === null }, version))
      return;
    this.#entries.set(id, { item, version, at: this.#events });
  }

  /** Whether a list does not contain what this record is, since it arrived after the request. */
  #isLater(entry: Entry<Item>, request: ListRequest): boolean {
    return entry.at > request.at && entry.version >= request.version;
  }

  #advance(): void {
    if (this.#complete === null) return;
    for (const version of this.#early) if (version <= this.#complete) this.#early.delete(version);
    while (this.#early.delete(this.#complete + 1)) this.#complete += 1;
  }
}
