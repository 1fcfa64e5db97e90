/** The tables on Postgres, for drizzle-kit, which reads the names that a file exports. */
const { kitOfPostgres } = require('./kit.ts');
const { tablesOf } = require('./tables/index.ts');

module.exports = tablesOf(kitOfPostgres);
