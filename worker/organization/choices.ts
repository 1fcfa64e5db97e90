import { z } from 'zod';
import type { AgentStatus } from '../../protocol/frames/organization-socket.ts';

const KEY = 'away';

const ids = z.array(z.string());

type Kv = { get(key: string): unknown; put(key: string, value: unknown): void };

/**
 * Which agents chose to be away. Kept in one row, which is written when somebody chooses differently, so that a
 * choice outlives the agent's tabs and the object's sleep. No row where nobody ever chose to be away.
 */
export class Choices {
  readonly #kv: Kv;
  #away: Set<string> | undefined;

  constructor(kv: Kv) {
    this.#kv = kv;
  }

  /** Whether the agent chose to be away. Reads a row once. */
  isAway(id: string): boolean {
    return this.#all().has(id);
  }

  /** @returns whether the agent had chosen otherwise before */
  choose(id: string, status: AgentStatus): boolean {
    const away = this.#all();
    if (away.has(id) === (status === 'away')) return false;
    if (status === 'away') away.add(id);
    else away.delete(id);
    this.#kv.put(KEY, [...away]);
    return true;
  }

  #all(): Set<string> {
    this.#away ??= new Set(ids.safeParse(this.#kv.get(KEY)).data ?? []);
    return this.#away;
  }
}
