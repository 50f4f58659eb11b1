// node migrate.js [migrate | status | rollback]
import { readdir } from 'node:fs/promises';
import { load, save } from './database.js';

const commands = new Map([
  ['migrate', migrate],
  ['status', status],
  ['rollback', rollback],
]);

/** Applies, in the order of their numbers, the migrations that the database has not seen. */
async function migrate(database, migrations) {
  const pending = migrations.filter(({ name }) => !database.applied.includes(name));
  for (const { name, up } of pending) {
    up(database.tables);
    database.applied.push(name);
    await save(database);
    console.log(`applied ${name}`);
  }
  if (pending.length === 0) console.log('nothing to apply');
}

function status(database, migrations) {
  for (const { name } of migrations) {
    console.log(`${database.applied.includes(name) ? 'applied' : 'pending'} ${name}`);
  }
}

/** Undoes the latest migration. */
async function rollback(database, migrations) {
  const latest = migrations.findLast(({ name }) => database.applied.includes(name));
  if (!latest) {
    console.log('nothing to revert');
    return;
  }
  latest.down(database.tables);
  database.applied = database.applied.filter((name) => name !== latest.name);
  await save(database);
  console.log(`reverted ${latest.name}`);
}

async function readMigrations() {
  const directory = new URL('migrations/', import.meta.url);
  const files = (await readdir(directory)).filter((file) => file.endsWith('.js')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.js$/, ''),
      ...(await import(new URL(file, directory))),
    })),
  );
}

const name = process.argv[2] ?? 'migrate';
const command = commands.get(name);
if (!command) {
  console.error(`migrate.js: no command '${name}': it knows ${[...commands.keys()].join(', ')}`);
  process.exit(1);
}
await command(await load(), await readMigrations());
