import { type CauseCase, describeCauses } from '../rig/causes.ts';

const POST_FORM = '<form method="post" action="/posts">';
const PUSH = 'posts.push({ username, content });';
const REDIRECT = "  posts.push({ username, content });\n  res.redirect('/posts');";

const FIND = 'const post = posts.find(({ id }) => id === req.params.id);';
const AREA = '<textarea name="content"><%= post.content %></textarea>';

const cases: Readonly<Record<string, CauseCase>> = {
  'form-method': {
    exercise: 'rest-posts-create',
    has: { 'views/new.ejs': [[POST_FORM, '<form action="/posts">']] },
    alike: { 'views/new.ejs': [[POST_FORM, '<form action="/elsewhere">']] },
    right: { 'views/new.ejs': [[POST_FORM, '<form METHOD=POST action="/posts?from=form">']] },
  },
  'no-redirect': {
    exercise: 'rest-posts-create',
    has: {
      'index.js': [[REDIRECT, `  ${PUSH}\n  res.send(posts.map((post) => post.content + post.username).join());`]],
    },
    alike: { 'index.js': [["res.redirect('/posts');", "res.redirect('/posts?new=1');"]] },
    right: { 'index.js': [["res.redirect('/posts');", "res.status(303).location('/posts').send('<a>Posts</a>');"]] },
  },
  'nothing-changed': {
    exercise: 'rest-posts-create',
    has: { 'index.js': [[PUSH, 'const post = { username, content };\n  console.log(post);']] },
    alike: { 'index.js': [[PUSH, 'posts.push({ name: username, text: content });']] },
    right: { 'index.js': [[PUSH, 'posts[posts.length] = { username, content };']] },
  },
  'fresh-id': {
    exercise: 'rest-posts-show',
    has: {
      'index.js': [
        [
          "res.render('index', { posts });",
          "res.render('index', { posts: posts.map((post) => ({ ...post, id: uuid() })) });",
        ],
      ],
    },
    alike: { 'index.js': [[FIND, 'const post = posts.find(({ id }) => id === req.query.id);']] },
    right: {
      'index.js': [["res.render('index', { posts });", "console.log(uuid());\n  res.render('index', { posts });"]],
    },
  },
  'route-order': {
    exercise: 'rest-route-order',
    has: {
      'index.js': [
        ["app.use((req, res) => {\n  res.status(404).json({ error: 'no such address' });\n});\n", ''],
        ["app.get('/:page'", "app.use((req, res) => {\n  res.sendStatus(404);\n});\n\napp.get('/:page'"],
      ],
    },
    alike: { 'index.js': [['const text = pages[req.params.page];', 'const text = pages[req.query.page];']] },
    right: {
      'index.js': [
        [
          "app.get('/books'",
          "app.use((req, res, next) => {\n  if (req.path === '/x') return res.status(404).end();\n  next();\n});\n\napp.get('/books'",
        ],
      ],
    },
  },
  'no-etag': {
    exercise: 'rest-json-api',
    has: { 'index.js': [['const app = express();', "const app = express();\napp.set('etag', false);"]] },
    alike: { 'index.js': [["'no-cache'", "'max-age=60'"]] },
    right: { 'index.js': [['const app = express();', "const app = express();\napp.set('etag', 'strong');"]] },
  },
  'etag-changes': {
    exercise: 'rest-json-api',
    has: { 'index.js': [['  res.json(plant);', '  res.json({ ...plant, now: process.hrtime().join() });']] },
    alike: { 'index.js': [["'no-cache'", 'String(Date.now())']] },
    right: {
      'index.js': [
        [
          "res.set('Cache-Control', 'no-cache');",
          "res.set('Cache-Control', 'no-cache').set('X-Time', String(Date.now()));",
        ],
      ],
    },
  },
  'etag-stays': {
    exercise: 'rest-json-api',
    has: {
      'index.js': [
        ["res.set('Cache-Control', 'no-cache');", "res.set({ 'Cache-Control': 'no-cache', ETag: '\"v1\"' });"],
      ],
    },
    alike: { 'index.js': [['Object.assign(plant, fields);', '']] },
    right: {
      'index.js': [["res.set('Cache-Control', 'no-cache');", "res.set('Cache-Control', 'private, no-cache');"]],
    },
  },
  'default-error-page': {
    exercise: 'rest-json-api',
    has: {
      'index.js': [
        [
          'const { status = 500, message, fields } = error;',
          'if (error.type) return next(error);\n  const { status = 500, message, fields } = error;',
        ],
      ],
    },
    alike: {
      'index.js': [
        [
          'const { status = 500, message, fields } = error;',
          "if (error.type) return res.status(400).send('<pre>broken</pre>');\n  const { status = 500, message, fields } = error;",
        ],
      ],
    },
    right: {
      'index.js': [
        [
          'const { status = 500, message, fields } = error;',
          "if (error.type) return res.status(400).json({ error: { message: '<title>Error</title><pre>' } });\n  const { status = 500, message, fields } = error;",
        ],
      ],
    },
  },
  'param-name': {
    exercise: 'rest-posts-show',
    has: { 'index.js': [["app.get('/posts/:id'", "app.get('/posts/:key'"]] },
    alike: { 'index.js': [[FIND, 'const post = posts.find(({ username }) => username === req.params.id);']] },
    right: {
      'index.js': [[FIND, 'const { id: wanted } = req.params;\n  const post = posts.find(({ id }) => id === wanted);']],
    },
  },
  'param-number': {
    exercise: 'rest-posts-show',
    has: { 'index.js': [[FIND, 'const post = posts.find(({ id }) => id === parseInt(req.params.id, 10));']] },
    alike: { 'index.js': [[FIND, 'const post = posts[Number(posts.length)];']] },
    right: {
      'index.js': [
        [FIND, 'const post = posts.find(({ id }) => id === req.params.id) ?? posts[Number(req.params.id)];'],
      ],
    },
  },
  'textarea-value': {
    exercise: 'rest-posts-show',
    has: { 'views/edit.ejs': [[AREA, '<textarea name="content" value="<%= post.content %>"></textarea>']] },
    alike: { 'views/edit.ejs': [[AREA, '<textarea name="content" placeholder="<%= post.content %>"></textarea>']] },
    right: { 'views/edit.ejs': [[AREA, '<textarea name="content">\n<%= post.content %>\n</textarea>']] },
  },
};

describeCauses(cases);
