import { env } from 'cloudflare:workers';
import { projectionOf } from '../../conversation/projection/store.ts';
import { openDatabase } from '../../database/database.ts';
import { describeStore } from './contract.ts';

describeStore('the store', { open: () => openDatabase(env), projection: projectionOf(env) });
