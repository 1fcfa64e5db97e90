import type { Job } from '../../../protocol/resources/job.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** Long work of the organization. */

const { jobs } = api.admin;

/** The newest first. */
export async function listJobs(): Promise<Job[]> {
  const { items } = await callAsAgent((options) => jobs.$get({}, options));
  return items;
}

/** Starts the rebuild, unless it runs. */
export async function startRebuild(): Promise<void> {
  await callAsAgent((options) => jobs.$post({ json: { kind: 'rebuild' } }, options));
}

export async function cancelJob(id: string): Promise<void> {
  await callAsAgent((options) => jobs[':id'].cancel.$post({ param: { id } }, options));
}

/** Lets one that failed or was cancelled continue. */
export async function resumeJob(id: string): Promise<void> {
  await callAsAgent((options) => jobs[':id'].resume.$post({ param: { id } }, options));
}
