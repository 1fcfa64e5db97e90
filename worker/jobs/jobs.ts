import type { JobKind } from '../../protocol/resources/job.ts';
import type { JobDefinition } from './job.ts';
import { rebuild } from './rebuild.ts';

/** Every kind of job. */
export const JOBS: Record<JobKind, JobDefinition> = { rebuild };
