const express = require('express');
const winston = require('winston');

const { combine, json, timestamp } = winston.format;
const logger = winston.createLogger({
  format: combine(timestamp(), json()),
  transports: [new winston.transports.Console()],
});

function levelOf(status) {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}

const app = express();

app.use((req, res, next) => {
  const started = performance.now();
  res.on('finish', () => {
    const ms = Math.round(performance.now() - started);
    logger.log(levelOf(res.statusCode), 'request', { method: req.method, path: req.path, status: res.statusCode, ms });
  });
  next();
});

app.use(express.json());

app.get('/items/:name', (req, res) => {
  res.send(`One ${req.params.name}.`);
});

app.post('/login', (req, res) => {
  res.status(req.body.password === 'open' ? 200 : 401).end();
});

app.get('/broken', () => {
  throw new Error('The oven is cold.');
});

app.use((error, req, res, next) => {
  // The parser's message quotes the body that it could not read, and so perhaps a password.
  if (error.status < 500) return res.sendStatus(error.status);
  logger.error('failed', { error: error.message, path: req.path });
  res.status(500).send('Something went wrong.');
});

app.listen(3000);
