import type { GetStarted } from '../../../protocol/resources/get-started.ts';
import { api, callAsAgent } from '../../api/http.ts';

const route = api.admin['get-started'];

/** Which of the first steps are done: all of them with one request. */
export function getProgress(): Promise<GetStarted> {
  return callAsAgent((options) => route.$get({}, options));
}

/** Leads to a page with the organization's widget. */
export const testChatUrl = (): string => route['test-chat'].$url().pathname;
