import type { Env } from '../env.ts';
import type { HumanCheck } from '../features/human-check/config.ts';
import { quotasOf } from '../features/quotas/quotas.ts';
import type { SearchIndex } from '../features/search/index-store.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { log } from '../kernel/log/log.ts';
import { Alarm } from './alarm.ts';
import { attach, type Live, trafficOf } from './live.ts';
import { Log } from './log/log.ts';
import type { Projection } from './projection/store.ts';
import { Reports } from './reports.ts';
import { reservePlace } from './reserve-place.ts';
import { Room } from './room/room.ts';
import { IncomingFrames } from './sockets/incoming.ts';
import type { Peer } from './sockets/peer.ts';
import { listening } from './sockets/sessions.ts';
import { Sockets } from './sockets/sockets.ts';
import type { Founding } from './state/state.ts';
import { timersOf } from './timers/object-timers.ts';
import type { Timers } from './timers/timers.ts';
import type { Traffic } from './traffic/traffic.ts';

/** What the object reaches beside its own storage. A test replaces it with what fails. */
export type Services = {
  readonly projection: Projection;
  readonly searchIndex: SearchIndex;
  readonly humanCheck: HumanCheck | undefined;
};

/** What a conversation's object is made of, and how its parts are tied together. */
export class Parts {
  readonly #ctx: DurableObjectState;
  readonly #env: () => Env;
  /** Read at each use. */
  readonly #services: Services;
  readonly log: Log;
  readonly sockets: Sockets;
  readonly incoming: IncomingFrames;
  readonly alarm: Alarm;
  readonly timers: Timers;
  readonly reports: Reports;
  readonly traffic: Traffic;
  #live: Live | null = null;

  constructor(ctx: DurableObjectState, env: () => Env, services: Services) {
    this.#ctx = ctx;
    this.#env = env;
    this.#services = services;
    this.log = new Log(ctx.storage.sql);
    this.sockets = new Sockets(ctx);
    this.incoming = new IncomingFrames(this.sockets, quotasOf(env()));
    this.alarm = new Alarm(ctx);
    this.reports = new Reports(ctx, () => this.#live?.room.founding);
    this.traffic = trafficOf(env(), this.sockets, () => this.#live?.room.founding);
    this.timers = timersOf({
      env,
      live: () => this.#live,
      sockets: this.sockets,
      alarm: this.alarm,
      reports: this.reports,
      endSessions: () => this.endSessions(),
    });
    const room = Room.open(this.#roomDeps());
    // An object that wakes with its sockets only slept: the database has what it had. One without may
    // have died between an ack and the projection, and looks as soon as somebody calls it.
    if (room) this.#attach(room, this.sockets.size > 0);
  }

  /** The conversation; null where nobody created it. */
  get live(): Live | null {
    return this.#live;
  }

  /** Makes the object this conversation. Call once, where `live` is null. */
  create(founding: Founding): Live {
    return this.#attach(Room.create(this.#roomDeps(), founding), true);
  }

  /** Closes the sockets of visitors who may do nothing here any more. */
  endSessions(): void {
    for (const _ of this.#peers());
  }

  /** Makes sure that the database has the newest state; whether it has. */
  async settle(): Promise<boolean> {
    this.#live?.projector.doubt();
    return (await this.#live?.projector.settle()) ?? false;
  }

  #peers(): Iterable<Peer> {
    return listening(this.sockets, this.#live?.room);
  }

  #attach(room: Room, certain: boolean): Live {
    this.#live = attach(
      room,
      {
        env: this.#env,
        targets: () => this.#services,
        log: this.log,
        traffic: this.traffic,
        retryIn: (milliseconds) => this.timers.retryIn(milliseconds),
        policy: {
          current: () => this.timers.policy,
          learn: (policy) => this.timers.learn(policy),
        },
        worked: () => this.reports.worked(),
        report: (event, error) => this.reports.failed(event, error),
      },
      certain,
    );
    return this.#live;
  }

  #roomDeps() {
    return {
      log: this.log,
      peers: () => this.#peers(),
      now: () => new Date(),
      uuid: uuidv7,
      quotas: quotasOf(this.#env()),
      traffic: this.traffic,
      humanCheck: () => this.#services.humanCheck,
      recordedSeq: () => this.#live?.recorder.recordedSeq,
      changed: () => this.#changed(),
      reservePlace: () => reservePlace(this.#env(), this.#live?.room.founding),
      releasePlace: () => this.#ctx.waitUntil(this.settle()),
      report: log.with(() => this.reports.identity()),
    };
  }

  /** In the same turn as the row, so that both are kept or neither: the alarm, then the projection. */
  #changed(): void {
    if (!this.#live) return;
    this.timers.changed();
    const { room, projector, indexer } = this.#live;
    projector.changed();
    const indexing = indexer.changed(room.state.closed_at);
    if (indexing) this.#ctx.waitUntil(indexing);
  }
}
