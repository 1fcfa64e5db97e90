import type { Hours, Schedule, ScheduleDay } from '../../../protocol/resources/schedule.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { schedules } = api.admin;

export async function listSchedules(): Promise<Schedule[]> {
  const { items } = await callAsAgent((options) => schedules.$get({}, options));
  return items;
}

/** Adds one without an id, else replaces it; 409 with the field `name` when that is taken. */
export function saveSchedule(id: string | null, json: Omit<Schedule, 'id'>) {
  return id === null
    ? callAsAgent((options) => schedules.$post({ json }, options))
    : callAsAgent((options) => schedules[':id'].$put({ param: { id }, json }, options));
}

/** 409 `conflict` while the organization or a department follows it. */
export async function removeSchedule(id: string): Promise<void> {
  await callAsAgent((options) => schedules[':id'].$delete({ param: { id } }, options));
}

export type SchedulePreview = {
  open: boolean;
  next_opening: string | null;
  days: ScheduleDay[];
};

/**
 * What hours mean before they are saved.
 *
 * @param at a wall time of the schedule's zone, as `2026-12-24T10:00`; left out: now
 */
export function previewSchedule(json: Hours & { at?: string }): Promise<SchedulePreview> {
  return callAsAgent((options) => schedules.preview.$post({ json }, options));
}
