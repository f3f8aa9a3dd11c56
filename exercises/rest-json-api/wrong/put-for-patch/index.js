const { randomUUID } = require('node:crypto');
const express = require('express');

const isText = (value) => typeof value === 'string' && value.trim() !== '';
const RULES = {
  name: { allows: isText, text: 'must be a text that is not empty' },
  family: { allows: isText, text: 'must be a text that is not empty' },
  price: { allows: (value) => typeof value === 'number' && value >= 0, text: 'must be a number from 0 on' },
};
const SORT_KEYS = ['name', 'price'];

class ApiError extends Error {
  constructor(status, message, fields) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

const plants = [];

function findPlant(id) {
  const plant = plants.find((one) => one.id === id);
  if (!plant) throw new ApiError(404, 'There is no such plant');
  return plant;
}

function readFields(body = {}, names) {
  const fields = {};
  for (const name of names) {
    if (!RULES[name].allows(body[name])) fields[name] = RULES[name].text;
  }
  if (Object.keys(fields).length > 0) throw new ApiError(400, 'Some fields are wrong', fields);
  return Object.fromEntries(names.map((name) => [name, body[name]]));
}

function readNumber(text, name) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new ApiError(400, `${name} must be a whole number from 1 on`);
  return number;
}

function sortPlants(list, sort) {
  if (sort === undefined) return list;
  const key = sort.replace(/^-/, '');
  if (!SORT_KEYS.includes(key)) throw new ApiError(400, `sort must be one of ${SORT_KEYS.join(', ')}`);
  const direction = sort.startsWith('-') ? -1 : 1;
  return list.toSorted((a, b) => (a[key] < b[key] ? -1 : 1) * direction);
}

const api = express.Router();
api.use(express.json());
api.get('/{*any}', (req, res, next) => {
  res.set('Cache-Control', 'no-cache');
  next();
});

api.get('/plants', (req, res) => {
  const { family, sort } = req.query;
  const page = readNumber(req.query.page ?? 1, 'page');
  const limit = readNumber(req.query.limit ?? 10, 'limit');
  const found = plants.filter((plant) => family === undefined || plant.family === family);
  const sorted = sortPlants(found, sort);
  const start = (page - 1) * limit;
  res.json({ data: sorted.slice(start, start + limit), total: found.length, page, limit });
});

api.post('/plants', (req, res) => {
  const fields = readFields(req.body, Object.keys(RULES));
  const plant = { id: randomUUID(), ...fields };
  plants.push(plant);
  res.status(201).location(`/api/v1/plants/${plant.id}`).json(plant);
});

api.get('/plants/:id', (req, res) => {
  const plant = findPlant(req.params.id);
  res.json(plant);
});

api.put('/plants/:id', (req, res) => {
  const plant = findPlant(req.params.id);
  const names = Object.keys(RULES).filter((name) => req.body?.[name] !== undefined);
  const fields = readFields(req.body, names);
  Object.assign(plant, fields);
  res.json(plant);
});

api.delete('/plants/:id', (req, res) => {
  const plant = findPlant(req.params.id);
  plants.splice(plants.indexOf(plant), 1);
  res.status(204).end();
});

const app = express();
app.use('/api/v1', api);

app.use((req, res) => {
  throw new ApiError(404, 'There is no such address');
});

app.use((error, req, res, next) => {
  const { status = 500, message, fields } = error;
  res.status(status).json({ error: { message: status === 500 ? 'Something went wrong' : message, fields } });
});

app.listen(3000, () => {
  console.log('http://localhost:3000/api/v1/plants');
});
