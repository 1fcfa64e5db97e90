import { JobsPanel } from '../jobs/JobsPanel.tsx';

/** The place of what takes long, above the log: rebuilds, exports and erasures with their progress. */
export function Jobs() {
  return <JobsPanel />;
}
