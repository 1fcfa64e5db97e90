/** The tables on D1, for drizzle-kit, which reads the names that a file exports. */
const { sqliteKit } = require('./kit.ts');
const { tablesOf } = require('./tables/index.ts');

module.exports = tablesOf(sqliteKit);
