import type { Job } from '../../../protocol/resources/job.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** The background jobs of the organization. */

const { jobs } = api.admin;

/** The jobs, newest first. */
export async function listJobs(): Promise<Job[]> {
  const { items } = await callAsAgent((options) => jobs.$get({}, options));
  return items;
}

/** Starts the rebuild unless it is running. */
export async function startRebuild(): Promise<void> {
  await callAsAgent((options) => jobs.$post({ json: { kind: 'rebuild' } }, options));
}

export async function cancelJob(id: string): Promise<void> {
  await callAsAgent((options) => jobs[':id'].cancel.$post({ param: { id } }, options));
}

/** Resumes a job that failed or was cancelled. */
export async function resumeJob(id: string): Promise<void> {
  await callAsAgent((options) => jobs[':id'].resume.$post({ param: { id } }, options));
}
