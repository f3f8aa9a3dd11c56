import { type CauseCase, describeCauses } from '../rig/causes.ts';

const LANGUAGE = "req.get('Accept-Language')";
const STAFF = "res.status(403).json({ error: 'Staff only' });";
const HELLO = "app.get('/hello/:name', (req, res) => {\n  const { name } = req.params;";
const NUMBERS = 'const a = Number(req.params.a);\n  const b = Number(req.params.b);';
const LOG = 'app.use((req, res, next) => {\n  console.log(`${req.method} ${req.originalUrl}`);\n  next();\n});\n\n';
const LATE_LOG = 'app.use((req, res, next) => {\n  console.log(`${req.method} ${req.originalUrl}`);\n  next();\n});\n';
const GUARD = "app.use('/members', requireMember);\n";
const ROUTE = 'const book = await findBook(req.params.id);\n  res.json(book);';
const ERRORS =
  "app.use((err, req, res, next) => {\n  if (err.status) {\n    return res.status(err.status).json({ error: err.message });\n  }\n  console.error(err);\n  res.status(500).json({ error: 'Something went wrong' });\n});\n";
const BODY = 'const { user, age } = req.body ?? {};';
const PUBLIC = "express.static(path.join(__dirname, 'public'))";
const LEFT_OVER = 'app.use((req, res) => {\n  res.status(404).send(`Nothing here: ${req.path}`);\n});\n';

const cases: Readonly<Record<string, CauseCase>> = {
  'no-catch-all': {
    exercise: 'express-routes',
    has: { 'index.js': [[LEFT_OVER, '']] },
    alike: { 'index.js': [['`Nothing here: ${req.path}`', "'Nothing'"]] },
    right: {
      'index.js': [
        [LEFT_OVER, ''],
        ["app.get('/', ", "app.use((req, res, next) => {\n  setImmediate(next);\n});\n\napp.get('/', "],
        ['app.listen(', `${LEFT_OVER.replace('app.use(', "app.all('/{*rest}', ")}\napp.listen(`],
      ],
    },
  },
  'header-case': {
    exercise: 'express-responses',
    has: { 'index.js': [[LANGUAGE, "req.headers['Accept-Language']"]] },
    alike: { 'index.js': [[LANGUAGE, "req.headers['accept-charset']"]] },
    right: { 'index.js': [[LANGUAGE, "req.headers['Accept-Language'.toLowerCase()]"]] },
  },
  'json-as-text': {
    exercise: 'express-responses',
    has: { 'index.js': [['res.json({ method: ', 'res.send(`${JSON.stringify({ a: 1 })}` || { method: ']] },
    alike: { 'index.js': [['res.json({ method: ', "res.type('html').send('a page') || ({ method: "]] },
    right: { 'index.js': [[STAFF, "res.status(403).type('json').send(JSON.stringify({ error: 'Staff only' }));"]] },
  },
  'late-status': {
    exercise: 'express-responses',
    has: { 'index.js': [[STAFF, "res.json({ error: 'Staff only' });\n  res.status(403);"]] },
    alike: { 'index.js': [[STAFF, "res.json({ error: 'Staff only' });"]] },
    right: {
      'index.js': [
        [STAFF, "if (req.query.no) return res.send('no');\n  res.status(403);\n  res.json({ error: 'Staff only' });"],
      ],
    },
  },
  'param-name': {
    exercise: 'express-params',
    has: { 'index.js': [[HELLO, HELLO.replace('{ name }', '{ user: name }')]] },
    alike: { 'index.js': [[HELLO, HELLO.replace('req.params', '{ name: req.ip }')]] },
    right: {
      'index.js': [
        [HELLO, HELLO.replace('{ name }', '{ name, title = "" }').replace('req.params', '{ ...req.params }')],
      ],
    },
  },
  'joined-text': {
    exercise: 'express-params',
    has: { 'index.js': [[NUMBERS, 'const { a, b } = req.params;']] },
    alike: { 'index.js': [['sum: a + b', 'sum: a * b + 1']] },
    right: { 'index.js': [[NUMBERS, 'const [a, b] = [req.params.a - 0, req.params.b - 0];']] },
  },
  'middleware-below': {
    exercise: 'express-logger',
    has: {
      'index.js': [
        [LOG, ''],
        ['app.listen(', `${LATE_LOG}app.listen(`],
      ],
    },
    alike: {
      'index.js': [
        ['console.log(`${req.method} ${req.originalUrl}`)', 'console.log(req.originalUrl)'],
        ['app.listen(', `${LATE_LOG}app.listen(`],
      ],
    },
    right: { 'index.js': [['app.listen(', `${LATE_LOG}app.listen(`]] },
  },
  'missing-next': {
    exercise: 'express-auth',
    has: { 'index.js': [['  req.member = member;\n  next();', '  req.member = member;']] },
    alike: { 'index.js': [["res.send('The club meets under the old bridge');", 'console.log(req.path);']] },
    right: { 'index.js': [[GUARD, "app.use('/members', (...station) => requireMember(...station));\n"]] },
  },
  'error-handler-above': {
    exercise: 'express-errors',
    has: {
      'index.js': [
        [ERRORS, ''],
        ["app.get('/books/:id'", `${ERRORS}\napp.get('/books/:id'`],
      ],
    },
    alike: { 'index.js': [[ERRORS, '']] },
    right: { 'index.js': [["app.get('/books/:id'", `${ERRORS}\napp.get('/books/:id'`]] },
  },
  'loose-rejection': {
    exercise: 'express-errors',
    has: { 'index.js': [[ROUTE, 'findBook(req.params.id).then((book) => res.json(book));']] },
    alike: { 'index.js': [[ROUTE, 'res.json(await findBook(req.params.id).then((book) => book.title));']] },
    right: {
      'index.js': [[ROUTE, 'return findBook(req.params.id).then((book) => {\n    res.json(book);\n  });']],
    },
  },
  'empty-body': {
    exercise: 'express-register',
    has: { 'index.js': [[BODY, 'const { user, age } = req.body;']] },
    alike: { 'index.js': [[BODY, `${BODY}\n  if (!req.body) throw new TypeError('nothing came');`]] },
    right: { 'index.js': [[BODY, 'const user = req.body?.user;\n  const age = req.body?.age;']] },
  },
  'static-folder': {
    exercise: 'express-static',
    has: { 'index.js': [[PUBLIC, "express.static('./public')"]] },
    alike: { 'index.js': [[PUBLIC, "express.static(path.join(__dirname, 'pulbic'))"]] },
    right: { 'index.js': [[PUBLIC, "express.static(__dirname + '/public')"]] },
  },
  'static-call': {
    exercise: 'express-static',
    has: { 'index.js': [[PUBLIC, 'express.static']] },
    alike: { 'index.js': [[PUBLIC, "(() => {\n  throw new Error('no root path');\n})"]] },
    right: {
      'index.js': [
        [`app.use(${PUBLIC})`, `const { static: files } = express;\napp.use(files(path.join(__dirname, 'public')))`],
      ],
    },
  },
  'public-in-address': {
    exercise: 'express-static',
    has: { 'public/index.html': [['/style.css', '/public/style.css']] },
    alike: { 'public/index.html': [['/style.css', '/css/style.css']] },
    right: {
      'index.js': [[`app.use(${PUBLIC});`, `app.use(${PUBLIC});\napp.use('/public', ${PUBLIC});`]],
      'public/index.html': [['/style.css', '/public/style.css']],
    },
  },
  'unserved-file': {
    exercise: 'ejs-profile',
    has: { 'index.js': [[`app.use(${PUBLIC});\n`, '']] },
    alike: { 'index.js': [[PUBLIC, "express.static(path.join(__dirname, 'data'))"]] },
    right: {
      'index.js': [
        [
          `app.use(${PUBLIC});`,
          "app.get('/style.css', (req, res) => res.sendFile(path.join(__dirname, 'public/style.css')));",
        ],
      ],
    },
  },
  'relative-link': {
    exercise: 'ejs-profile',
    has: { 'views/profile.ejs': [['href="/style.css"', 'href="style.css"']] },
    alike: { 'views/profile.ejs': [['href="/style.css"', 'href="/styles.css"']] },
    right: { 'views/profile.ejs': [['href="/style.css"', 'href="../style.css"']] },
  },
  'redirect-arguments': {
    exercise: 'express-redirect',
    has: { 'index.js': [["redirect(303, '/messages')", "redirect('/messages', 303)"]] },
    alike: { 'index.js': [["res.redirect(303, '/messages')", "res.status('/messages').end()"]] },
    right: { 'index.js': [["redirect(303, '/messages')", "redirect(Number('303'), '/messages')"]] },
  },
  'no-handler': {
    exercise: 'express-mvc',
    has: { 'routes/books.js': [['controller.list', 'controller.lsit']] },
    alike: {
      'routes/books.js': [["router.get('/', controller.list)", "router.get('/', controller.list.missing.name)"]],
    },
    right: { 'routes/books.js': [['controller.list', '[controller.list]']] },
  },
  'raw-template': {
    exercise: 'ejs-home',
    has: { 'index.js': [["res.render('home')", "res.type('html').sendFile(path.join(__dirname, 'views/home.ejs'))"]] },
    alike: { 'views/home.ejs': [['<h1>Lamp and Thread</h1>', '']] },
    right: { 'views/home.ejs': [['<%= 3 * 4 %>', '<%# a note %><%= 3 * 4 %>']] },
  },
  'silent-tag': {
    exercise: 'ejs-dice',
    has: { 'views/rolldice.ejs': [['<%= dice %>', '<% dice; %>']] },
    alike: { 'views/rolldice.ejs': [['<%= dice %>', '<% if (dice) { %>some<% } %>']] },
    right: { 'views/rolldice.ejs': [['<h1>', '<% dice %><h1>']] },
  },
  'escaped-include': {
    exercise: 'ejs-partials',
    has: { 'views/rooms.ejs': [["<%- include('includes/header')", "<%= include('includes/header')"]] },
    alike: { 'views/rooms.ejs': [['<h1>Our rooms</h1>', '&lt;h1&gt;Our rooms&lt;/h1&gt;']] },
    right: {
      'views/rooms.ejs': [["<%- include('includes/header')", "<%_ const top = include('includes/header'); _%><%- top"]],
    },
  },
  'silent-include': {
    exercise: 'ejs-partials',
    has: { 'views/rooms.ejs': [["<%- include('includes/header')", "<% include('includes/header')"]] },
    alike: { 'views/rooms.ejs': [["<%- include('includes/header') %>\n", '']] },
    right: { 'views/rooms.ejs': [["<%- include('includes/footer')", "<%-include('./includes/footer', {})"]] },
  },
  'template-syntax': {
    exercise: 'ejs-list',
    has: { 'views/products.ejs': [['<% } else { %>', '<%= } else { %>']] },
    alike: { 'views/products.ejs': [['products.length === 0', 'products.size.none === 0']] },
    right: { 'views/products.ejs': [['<ul id="products">', '<% const iffy = 1; %><%= iffy %><ul id="products">']] },
  },
  'unquoted-attribute': {
    exercise: 'ejs-escape',
    has: { 'views/search.ejs': [['value="<%= q %>"', 'value=<%= q %>']] },
    alike: { 'views/search.ejs': [['value="<%= q %>"', 'value="<%= q.split(" ")[0] %>"']] },
    right: { 'views/search.ejs': [['value="<%= q %>"', "value = '<%= q %>'"]] },
  },
  'rolled-once': {
    exercise: 'ejs-dice',
    has: {
      'index.js': [
        [
          "app.get('/rolldice', (req, res) => {\n  const dice = Math.floor(Math.random() * 6) + 1;",
          "const dice = Math.floor(Math.random() * 6) + 1;\napp.get('/rolldice', (req, res) => {",
        ],
      ],
    },
    alike: { 'index.js': [['Math.floor(Math.random() * 6) + 1', 'Math.floor(Math.random()) + 1']] },
    right: {
      'index.js': [
        ['const app = express();', 'const app = express();\nconst roll = () => Math.floor(Math.random() * 6) + 1;'],
        ['const dice = Math.floor(Math.random() * 6) + 1;', 'const dice = roll();'],
      ],
    },
  },
  'dice-range': {
    exercise: 'ejs-dice',
    has: { 'index.js': [['Math.floor(Math.random() * 6) + 1', 'Math.floor(Math.random() * 6)']] },
    alike: { 'index.js': [['Math.floor(Math.random() * 6) + 1', 'Math.round(Math.random() * 6)']] },
    right: {
      'index.js': [
        ['const dice = Math.floor(Math.random() * 6) + 1;', 'const index = Math.floor(Math.random() * 6);'],
        ['{ dice }', '{ dice: [1, 2, 3, 4, 5, 6][index] }'],
      ],
    },
  },
  unescaped: {
    exercise: 'ejs-escape',
    has: { 'views/search.ejs': [['id="term"><%= q', 'id="term"><%- q']] },
    alike: { 'index.js': [['{ q, banner }', "{ q: q.replace(/<.*?>/g, ''), banner }"]] },
    right: {
      'views/search.ejs': [['id="term"><%= q', "id=\"term\"><%- q.replaceAll('&', '&amp;').replaceAll('<', '&lt;')"]],
    },
  },
  'sent-twice': {
    exercise: 'ejs-profile',
    has: { 'index.js': [['return res.status(404)', 'res.status(404)']] },
    alike: { 'index.js': [["return res.status(404).render('error', { username });", 'res.status(404);']] },
    right: {
      'index.js': [
        ["  if (!user) {\n    return res.status(404).render('error', { username });\n  }\n", ''],
        [
          'app.listen(',
          "app.use((err, req, res, next) => {\n  console.error(err);\n  res.status(404).render('error', { username: decodeURIComponent(req.path.slice(4)) });\n});\n\napp.listen(",
        ],
      ],
    },
  },
  'view-missing': {
    exercise: 'ejs-partials',
    has: { 'views/rooms.ejs': [["'includes/header'", "'../includes/header'"]] },
    alike: { 'views/rooms.ejs': [["include('includes/header')", "inclde('includes/header')"]] },
    right: { 'views/rooms.ejs': [["'includes/header'", "'../views/includes/header.ejs'"]] },
  },
};

describeCauses(cases);
