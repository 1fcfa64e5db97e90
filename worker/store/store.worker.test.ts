import { env } from 'cloudflare:workers';
import { describeStore } from './contract.ts';
import { openDatabase } from './database.ts';
import { projectionOf } from './projection.ts';

describeStore('the store', { open: () => openDatabase(env), projection: projectionOf(env) });
