// The shop's database: one JSON file, read and written whole.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';

const directory = new URL('data/', import.meta.url);
const file = new URL('shop.json', directory);
const draft = new URL('shop.json.new', directory);

/** What the file holds: the names of the migrations applied, and the tables they made. */
export async function load() {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return { applied: [], tables: {} };
    throw error;
  }
}

/** Replaces the file in one step: a crash leaves the old database or the new one, never half of it. */
export async function save(database) {
  await mkdir(directory, { recursive: true });
  await writeFile(draft, JSON.stringify(database, null, 2) + '\n');
  await rename(draft, file);
}
