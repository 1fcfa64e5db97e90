import { conversationObject } from '../conversation/calls/address.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { listAnswered } from '../features/auto-close/store.ts';
import { log } from '../kernel/log/log.ts';
import { Policies } from './policies.ts';
import { readPolicySettings } from './policy-settings.ts';

/** The policies of an organization's object, with its database and its conversations. */
export function policiesOf(
  env: Env,
  kv: SyncKvStorage,
  stepIn: (milliseconds: number) => Promise<void>,
): Policies {
  return new Policies({
    kv,
    read: (organization) => readPolicySettings(env, organization),
    list: (organization, page) => listAnswered(openDatabase(env), organization, page),
    tell: (organization, id, policy) => conversationObject(env, organization, id).follow(policy),
    report: (failed) => log.error('policy_incomplete', failed),
    now: () => Date.now(),
    stepIn,
  });
}
