import { version } from '../../../package.json';
import { databaseKind } from '../../database/configured.ts';
import type { Env } from '../../env.ts';
import { levelOf } from '../../kernel/problems.ts';
import { problemsOf } from '../configuration/checked.ts';

/** The part of the answer that both forms of health share. */
export function running(env: Env, request: Request) {
  return {
    database: databaseKind,
    version,
    deployment: env.CF_VERSION_METADATA?.id ?? null,
    problems: problemsOf(env, request).filter((code) => levelOf(code) !== 'off'),
  };
}
