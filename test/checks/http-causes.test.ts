import { type CauseCase, describeCauses } from '../rig/causes.ts';

const PARSER = 'app.use(express.urlencoded({ extended: true }));\n';
const TAKE = 'const { username, content } = req.body;';
const PUSH = 'posts.push({ id: uuid(), username, content });';
const FIND = 'const post = posts.find(({ id }) => id === req.params.id);';
const SET = 'post.content = req.body.content;';
const SHOW = "  if (!post) return res.status(404).render('missing');\n  res.render('show', { post });";
const NEW_ROUTE = "app.get('/posts/new', (req, res) => {\n  res.render('new');\n});\n\n";
const ESCAPED = '<p><%= post.content %></p>';
const OVERRIDE = "app.use(methodOverride('_method'));\n";
const throwing = (place: string): readonly [string, string] => [place, `null.length;\n  ${place}`];

const cases: Readonly<Record<string, Omit<CauseCase, 'exercise'>>> = {
  'no-body-parser': {
    has: {
      'index.js': [
        [PARSER, ''],
        ['app.listen(', `${PARSER}app.listen(`],
      ],
    },
    alike: { 'index.js': [[TAKE, `const none = undefined;\n  ${TAKE}\n  none.length;`]] },
    right: { 'index.js': [[PARSER, 'app.use(require("express").urlencoded());\napp.use(express.json());\n']] },
  },
  'field-name': {
    has: {
      'index.js': [
        [TAKE, 'const { username, text } = req.body;'],
        [PUSH, 'posts.push({ id: uuid(), username, content: text });'],
      ],
    },
    alike: { 'index.js': [[PUSH, 'posts.push({ id: uuid(), username: content, content: "" });']] },
    right: {
      'index.js': [
        [TAKE, 'const { username: author, content, draft } = req.body;'],
        [PUSH, 'posts.push({ id: uuid(), username: author, content });'],
      ],
    },
  },
  'form-field': {
    has: { 'views/new.ejs': [['name="content"', 'name="text"']] },
    alike: {
      'views/new.ejs': [
        ['name="content"', ''],
        ['name="username"', ''],
      ],
    },
    right: { 'views/new.ejs': [['<button>', '<input type="hidden" name="draft" value="1"><button>']] },
  },
  'no-view-engine': {
    has: { 'index.js': [["app.set('view engine', 'ejs');\n", '']] },
    alike: { 'index.js': [["app.set('view engine', 'ejs');", "app.set('view engine', 'ejss');"]] },
    right: {
      'index.js': [
        ["app.set('view engine', 'ejs');\n", ''],
        ["res.render('index'", "res.render('index.ejs'"],
        ["res.render('new'", "res.render('new.ejs'"],
        ["res.render('show'", "res.render('show.ejs'"],
        ["res.render('edit'", "res.render('edit.ejs'"],
        [".render('missing'", ".render('missing.ejs'"],
      ],
    },
  },
  'view-missing': {
    has: { 'index.js': [["res.render('show'", "res.render('shwo'"]] },
    alike: { 'index.js': [["res.render('show', { post });", "throw new Error('Failed to find a post');"]] },
    right: { 'index.js': [["path.join(__dirname, 'views')", "'./views'"]] },
  },
  'view-data': {
    has: { 'index.js': [["res.render('edit', { post });", "res.render('edit', { item: post });"]] },
    alike: { 'index.js': [["res.render('edit', { post });", 'res.render(post.view.name);']] },
    right: { 'views/edit.ejs': [['post.', 'locals.post.']] },
  },
  'unknown-item': {
    has: { 'index.js': [[SHOW, "  res.render('show', { post: { ...post, content: post.content } });"]] },
    alike: {
      'index.js': [
        [
          ".status(404).render('missing');\n  res.render('show'",
          ".status(400).render('missing');\n  res.render('show'",
        ],
      ],
    },
    right: {
      'index.js': [
        [
          SHOW,
          "  try {\n    res.render('show', { post: { username: post.username, content: post.content } });\n  } catch {\n    res.sendStatus(404);\n  }",
        ],
      ],
    },
  },
  'route-order': {
    has: {
      'index.js': [
        [NEW_ROUTE, ''],
        ["app.get('/posts/:id/edit'", `${NEW_ROUTE}app.get('/posts/:id/edit'`],
      ],
    },
    alike: { 'index.js': [[NEW_ROUTE, '']] },
    right: {
      'index.js': [
        [NEW_ROUTE, ''],
        [
          `app.get('/posts/:id', (req, res) => {`,
          `app.get('/posts/:id', (req, res, next) => {\n  if (req.params.id === 'new') return next();`,
        ],
        ["app.get('/posts/:id/edit'", `${NEW_ROUTE}app.get('/posts/:id/edit'`],
      ],
    },
  },
  'no-method-override': {
    has: { 'index.js': [[OVERRIDE, '']] },
    alike: { 'index.js': [["app.patch('/posts/:id'", "app.put('/posts/:id'"]] },
    right: {
      'index.js': [
        [OVERRIDE, ''],
        [
          "app.patch('/posts/:id'",
          "app.post('/posts/:id', (req, res, next) => {\n  req.method = String(req.query._method);\n  next();\n});\napp.patch('/posts/:id'",
        ],
      ],
    },
  },
  'nothing-changed': {
    has: { 'index.js': [[SET, 'const changed = { ...post, content: req.body.content };']] },
    alike: { 'index.js': [[SET, 'post.text = req.body.content;']] },
    right: {
      'index.js': [[SET, 'posts = posts.map((one) => (one === post ? { ...post, content: req.body.content } : one));']],
    },
  },
  'no-id': {
    has: { 'index.js': [[PUSH, 'posts.push({ id: undefined, username, content });']] },
    alike: {
      'index.js': [
        [PUSH, "posts.push({ id: 'none', username, content });"],
        [FIND, "const post = posts.find(({ id }) => id === req.params.id && id !== 'none');"],
      ],
    },
    right: { 'index.js': [[PUSH, 'posts.push({ id: crypto.randomUUID(), username, content });']] },
  },
  'sent-number': {
    has: { 'index.js': [["return res.status(404).render('missing')", 'return res.send(404)']] },
    alike: { 'index.js': [["return res.status(404).render('missing')", "return res.send('not found')"]] },
    right: { 'index.js': [["return res.status(404).render('missing')", "return res.status(404).send('404')"]] },
  },
  'missing-next': {
    has: { 'index.js': [[PARSER, `${PARSER}app.use((req, res, next) => {\n  console.log(req.path);\n});\n`]] },
    alike: {
      'index.js': [
        [
          "app.get('/posts', (req, res) => {",
          "app.use((req, res, next) => {\n  next();\n});\napp.get('/posts', (req, res) => {\n  return;",
        ],
      ],
    },
    right: { 'index.js': [[PARSER, `${PARSER}app.use((req, res, go) => {\n  console.log(req.path);\n  go();\n});\n`]] },
  },
  'error-middleware': {
    has: {
      'index.js': [
        [SHOW, "  if (!post) throw new Error('no post');\n  res.render('show', { post });"],
        ['app.listen(', "app.use((err, req, res) => {\n  res.status(404).send('none');\n});\napp.listen("],
      ],
    },
    alike: {
      'index.js': [
        [SHOW, "  if (!post) throw new Error('no post');\n  res.render('show', { post });"],
        ['app.listen(', "app.use((err, req, res, next) => {\n  res.status(400).send('none');\n});\napp.listen("],
      ],
    },
    right: {
      'index.js': [
        [SHOW, "  if (!post) throw new Error('no post');\n  res.render('show', { post });"],
        ['app.listen(', "app.use((err, req, res, next) => {\n  res.status(404).send('none');\n});\napp.listen("],
      ],
    },
  },
  unescaped: {
    has: { 'views/index.ejs': [[ESCAPED, '<p><%- post.content %></p>']] },
    alike: { 'views/index.ejs': [[ESCAPED, '<p><%= post.content.replace(/<.*>/, "") %></p>']] },
    right: {
      'views/index.ejs': [[ESCAPED, "<p><%- post.content.replaceAll('&', '&amp;').replaceAll('<', '&lt;') %></p>"]],
    },
  },
  'other-item': {
    has: { 'index.js': [["res.render('show', { post });", "res.render('index', { posts });"]] },
    alike: { 'views/show.ejs': [['<p><%= post.content %></p>', '']] },
    right: { 'index.js': [[FIND, 'const post = posts.filter((one) => one.id == req.params.id)[0];']] },
  },
  'server-error': {
    has: { 'index.js': [throwing("res.render('new');")] },
    alike: { 'index.js': [["res.render('new');", "console.error(new TypeError('no'));\n  res.sendStatus(403);"]] },
    right: { 'index.js': [["res.render('new');", "console.error(new TypeError('tried'));\n  res.render('new');"]] },
  },
};

describeCauses(
  Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, { exercise: 'rest-posts-app', ...one }])),
);
