import { z } from 'zod';
import { jobKind } from '../../../protocol/resources/job.ts';

/** The kinds that people start. The others follow from a change of the settings. */
export const startable = z.object({ kind: jobKind.extract(['rebuild']) });
