import { lostService } from '../http/failures.ts';
import { log } from '../kernel/log/log.ts';
import type { LogFields } from '../kernel/log/log-fields.ts';
import { outages } from '../kernel/log/outages.ts';
import { outageMemory } from './outage-memory.ts';
import type { Founding } from './state/founding.ts';

/** What a conversation's object writes to the Worker's log. */
export class Reports {
  readonly #ctx: DurableObjectState;
  readonly #founding: () => Founding | undefined;
  readonly #outage: ReturnType<typeof outageMemory>;

  constructor(ctx: DurableObjectState, founding: () => Founding | undefined) {
    this.#ctx = ctx;
    this.#founding = founding;
    this.#outage = outageMemory(ctx.storage.kv);
  }

  /** The ids of the organization and the conversation: from the founding, or from the object's name. */
  identity(): Pick<LogFields, 'organization' | 'conversation'> {
    const [named, id] = this.#ctx.id.name?.split('/') ?? [];
    const { organization_id = named, id: own = id } = this.#founding() ?? {};
    return { organization: organization_id, conversation: own };
  }

  /** The lists or the search could not be written; a retry follows. An outage is logged once. */
  failed(event: 'projection_failed' | 'indexing_failed', error: unknown): void {
    const service = lostService(error);
    const fields = this.identity();
    if (service) outages.failed(service, error, fields, this.#outage);
    else log.error(event, { ...fields, outcome: 'retried', error });
  }

  /** The database took a write. */
  worked(): void {
    outages.worked('database', this.identity());
  }

  /** The database has all there is: an outage that this object remembers is over. */
  caughtUp(): void {
    outages.worked('database', this.identity(), this.#outage);
  }
}
