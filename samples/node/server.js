// The shop as JSON, on the port that the dyno was given.
import { createServer } from 'node:http';
import { load } from './database.js';

const port = process.env.PORT ?? 5000;

const server = createServer(async (request, response) => {
  const { tables } = await load();
  const body = { dyno: process.env.DYNO, ...tables };
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body) + '\n');
});

// A dyno is stopped with SIGTERM and killed 30 seconds later: take no new requests, and give the open ones 5 seconds.
process.on('SIGTERM', () => {
  console.log('SIGTERM, closing');
  server.close();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
});

server.listen(port, () => console.log(`listening on ${port}`));
