import { describeCauses } from '../rig/causes.ts';

const CHATS = 'chats-app';
const BOOKS = 'books-api';
const CRUD = 'mongoose-crud';
const CONNECT = 'mongoose-connect';
const CLUB = 'mongoose-validation';

const URI = "process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/chats'";
const OPEN = `  await mongoose.connect(${URI});\n`;
const SAVE = "  await chat.save();\n  res.redirect('/chats');";
const CHANGE = 'const chat = await Chat.findByIdAndUpdate(req.params.id, { msg }, { runValidators: true });';
const FIND = 'const chats = await Chat.find().sort({ created_at: -1 });';
const GUARD =
  "if (!mongoose.isValidObjectId(id)) return res.status(404).render('problem', { text: 'There is no such chat.' });";
const INVALID = "if (error.name !== 'ValidationError') return next(error);";
const LIMIT = ', maxLength: 50';
const STRICT = 'await mongoose.connect(address, { serverSelectionTimeoutMS: 1000 });';
const LOAD = "const Chat = require('./models/chat');";
const TAKEN = '  } else if (error.code === 11000) {\n    res.status(409)';

describeCauses({
  'not-connected': {
    exercise: CHATS,
    has: { 'index.js': [[OPEN, '']] },
    alike: { 'index.js': [[FIND, 'const chats = await new Promise(() => {});']] },
    right: { 'index.js': [[`mongoose.connect(${URI})`, "mongoose.connection.openUri('mongodb://localhost/chats')"]] },
  },
  'not-connected (nobody calls the function)': {
    exercise: CONNECT,
    has: { 'index.js': [['\nmain();\n', '']] },
    alike: { 'index.js': [["  console.log('connected to', mongoose.connection.name);\n", '']] },
    right: { 'index.js': [['\nmain();\n', '\nsetImmediate(main);\n']] },
  },
  'database-port': {
    exercise: CHATS,
    has: {
      'index.js': [
        [OPEN, ''],
        ['\nmain();\n', "\nmain();\nmongoose.connect('mongodb://127.0.0.1:27018/chats').catch(console.log);\n"],
      ],
    },
    alike: {
      'index.js': [
        [URI, "'mongodb://127.0.0.1:27017/a'"],
        [FIND, 'const chats = [27018]; await new Promise(() => {});'],
      ],
    },
    right: { 'index.js': [['127.0.0.1:27017', '127.0.0.1:27018']] },
  },
  'old-options': {
    exercise: CHATS,
    has: { 'index.js': [[`connect(${URI})`, `connect(${URI}, { useNewUrlParser: true }).catch(console.log)`]] },
    alike: { 'index.js': [[`connect(${URI})`, `connect(${URI}, { useOldParser: true })`]] },
    right: { 'index.js': [[`connect(${URI})`, `connect(${URI}, { autoIndex: true, maxPoolSize: 5 })`]] },
  },
  'model-twice': {
    exercise: CHATS,
    has: {
      'index.js': [
        [
          LOAD,
          `require('./models/chat');\nconst Chat = mongoose.model('Chat', new mongoose.Schema({ from: String }));`,
        ],
      ],
    },
    alike: { 'index.js': [[LOAD, `${LOAD}\nthrow new Error('Cannot overwrite the model');`]] },
    right: { 'index.js': [[LOAD, "require('./models/chat');\nconst Chat = mongoose.model('Chat');"]] },
  },
  'mongoose-callback': {
    exercise: CRUD,
    has: {
      'index.js': [
        [
          '  const books = await Book.find({ pages: { $gt: least } }).sort({ pages: -1 });\n',
          '  const books = [];\n  Book.find({}, (error, found) => books.push(...found));\n',
        ],
      ],
    },
    alike: { 'index.js': [['.sort({ pages: -1 })', '.sort({ pages: 1 })']] },
    right: {
      'index.js': [
        ['const book = await Book.findById(id);', 'const book = await Book.findById(id).then((one) => one);'],
      ],
    },
  },
  'removed-method': {
    exercise: CRUD,
    has: { 'index.js': [['Book.findByIdAndDelete(id)', 'Book.findByIdAndRemove(id)']] },
    alike: { 'index.js': [['Book.findByIdAndDelete(id)', 'Book.findByIdAndForget(id)']] },
    right: { 'index.js': [['Book.findByIdAndDelete(id)', 'Book.findOneAndDelete({ _id: id })']] },
  },
  'cast-error': {
    exercise: CHATS,
    has: { 'index.js': [[GUARD, '']] },
    alike: { 'index.js': [[GUARD, "if (!mongoose.isValidObjectId(id)) return res.status(500).send('bad id');"]] },
    right: {
      'index.js': [
        [GUARD, ''],
        [
          INVALID,
          "if (error.name === 'CastError') return res.status(400).send(error.message);\n  if (error.name !== 'ValidationError') return next(error);",
        ],
      ],
    },
  },
  'cast-error (program)': {
    exercise: CRUD,
    has: { 'index.js': [['  if (!mongoose.isValidObjectId(id)) return fail();\n', '']] },
    alike: {
      'index.js': [
        [
          'if (!mongoose.isValidObjectId(id)) return fail();',
          "if (!mongoose.isValidObjectId(id)) throw new Error('no id');",
        ],
      ],
    },
    right: {
      'index.js': [['if (!mongoose.isValidObjectId(id)) return fail();', 'if (id.length !== 24) return fail();']],
    },
  },
  'duplicate-500': {
    exercise: BOOKS,
    has: {
      'index.js': [
        [TAKEN, '  } else if (error.code === 11001) {\n    res.status(409)'],
        [
          'const { status = 500, message } = error;',
          'const { status = 500, message } = error;\n    console.error(error);',
        ],
      ],
    },
    alike: { 'index.js': [[TAKEN, '  } else if (error.code === 11000) {\n    res.status(400)']] },
    right: { 'index.js': [['error.code === 11000', 'error.message.includes("E11000")']] },
  },
  'no-unique-index': {
    exercise: BOOKS,
    has: { 'models/book.js': [[', unique: true', '']] },
    alike: { 'index.js': [[TAKEN, '  } else if (error.code === 11000) {\n    res.status(200)']] },
    right: { 'models/book.js': [[', unique: true', ', index: { unique: true }']] },
  },
  'validation-500': {
    exercise: CHATS,
    has: { 'index.js': [[INVALID, 'if (error) return next(error);']] },
    alike: { 'index.js': [[`  ${INVALID}\n`, '  if (error) return res.status(500).send("no");\n']] },
    right: { 'index.js': [[INVALID, 'console.error(error);\n  if (!error.errors) return next(error);']] },
  },
  'save-not-awaited': {
    exercise: CHATS,
    has: { 'index.js': [[SAVE, "  chat.save();\n  res.redirect('/chats');"]] },
    alike: { 'index.js': [[SAVE, "  await chat.save().catch(() => {});\n  res.redirect('/chats');"]] },
    right: { 'index.js': [[SAVE, "  const saving = chat.save();\n  await saving;\n  res.redirect('/chats');"]] },
  },
  'redirect-anyway': {
    exercise: CHATS,
    has: { 'index.js': [[SAVE, "  chat.save().catch((error) => console.log(error));\n  res.redirect('/chats');"]] },
    alike: {
      'index.js': [
        [
          SAVE,
          "  try {\n    await chat.save({ validateBeforeSave: false });\n  } catch (error) {\n    console.log(error);\n  }\n  res.redirect('/chats');",
        ],
      ],
    },
    right: {
      'index.js': [
        [
          SAVE,
          "  chat.save().then(() => res.redirect('/chats')).catch((error) => res.status(422).send(error.message));",
        ],
      ],
    },
  },
  'rule-missing': {
    exercise: CHATS,
    has: { 'models/chat.js': [[LIMIT, '']] },
    alike: { 'index.js': [[SAVE, "  await chat.save().catch(() => {});\n  res.redirect('/chats');"]] },
    right: { 'models/chat.js': [[LIMIT, ', validate: (text) => text.length <= 50']] },
  },
  'run-validator': {
    exercise: CHATS,
    has: { 'index.js': [['runValidators', 'runValidator']] },
    alike: { 'index.js': [['{ runValidators: true }', '{}']] },
    right: {
      'index.js': [
        [
          CHANGE,
          `const runValidator = { runValidators: true };\n  ${CHANGE.replace('{ runValidators: true }', 'runValidator')}`,
        ],
      ],
    },
  },
  'run-validator (program)': {
    exercise: CLUB,
    has: { 'index.js': [['runValidators', 'runValidator']] },
    alike: { 'index.js': [[', { runValidators: true }', '']] },
    right: { 'index.js': [['{ runValidators: true }', '{ ...{ runValidator: 1 }, runValidators: true }']] },
  },
  'no-run-validators': {
    exercise: CHATS,
    has: { 'index.js': [[', { runValidators: true }', '']] },
    alike: {
      'index.js': [
        [
          CHANGE,
          'const chat = await Chat.findById(req.params.id);\n  if (chat) await chat.set({ msg }).save({ validateBeforeSave: false });',
        ],
      ],
    },
    right: {
      'index.js': [
        [CHANGE, 'const chat = await Chat.findById(req.params.id);\n  if (chat) await chat.set({ msg }).save();'],
      ],
    },
  },
  'no-run-validators (program)': {
    exercise: CLUB,
    has: { 'index.js': [[', { runValidators: true }', '']] },
    alike: { 'models/member.js': [["min: [12, 'must be 12 at least'], ", '']] },
    right: {
      'index.js': [
        [
          'const member = await Member.findOneAndUpdate({ email }, { age: years }, { runValidators: true });',
          'const member = await Member.findOne({ email });\n  if (member) await member.set({ age: years }).save();',
        ],
      ],
    },
  },
  'query-not-run': {
    exercise: CHATS,
    has: {
      'index.js': [
        [
          CHANGE,
          'const chat = await Chat.findById(req.params.id);\n  Chat.updateOne({ _id: req.params.id }, { msg }, { runValidators: true });',
        ],
      ],
    },
    alike: {
      'index.js': [
        [
          CHANGE,
          'const chat = await Chat.findById(req.params.id);\n  if (chat) chat.msg = msg;\n  await chat?.validate();',
        ],
      ],
    },
    right: {
      'index.js': [
        [
          CHANGE,
          'const query = Chat.findByIdAndUpdate(req.params.id, { msg }, { runValidators: true });\n  const chat = await query;',
        ],
      ],
    },
  },
  'query-not-awaited': {
    exercise: CHATS,
    has: { 'index.js': [[FIND, 'const chats = Chat.find();']] },
    alike: { 'index.js': [[FIND, 'const chats = 7;']] },
    right: { 'index.js': [[FIND, 'const query = Chat.find();\n  const chats = await query.sort({ created_at: 1 });']] },
  },
  'dropped-field': {
    exercise: CRUD,
    has: { 'models/book.js': [['pages: Number', 'page: Number']] },
    alike: { 'index.js': [['new Book({ title, pages })', 'new Book({ title })']] },
    right: { 'models/book.js': [['pages: Number', "pages: { type: 'number' },\n  page: Number"]] },
  },
  'dropped-field (server)': {
    exercise: BOOKS,
    has: { 'models/book.js': [['    year: {', '    published: {']] },
    alike: { 'index.js': [["['title', 'author', 'year', 'isbn']", "['title', 'author', 'isbn']"]] },
    right: { 'models/book.js': [['    year: {', '    years: Number,\n    year: {']] },
  },
  'required-unset': {
    exercise: CHATS,
    has: { 'index.js': [[', created_at: new Date()', '']] },
    alike: { 'index.js': [['msg, created_at: new Date()', 'message: msg, created_at: new Date()']] },
    right: {
      'index.js': [[', created_at: new Date()', '']],
      'models/chat.js': [
        ['created_at: { type: Date, required: true }', 'created_at: { type: Date, required: true, default: Date.now }'],
      ],
    },
  },
  'schema-type': {
    exercise: CRUD,
    has: { 'models/book.js': [['pages: Number', 'pages: String']] },
    alike: { 'index.js': [['new Book({ title, pages })', 'new Book({ title, pages: pages.length })']] },
    right: { 'models/book.js': [['pages: Number', 'pages: mongoose.Schema.Types.Number']] },
  },
  'seed-at-start': {
    exercise: CHATS,
    has: {
      'index.js': [[OPEN, `${OPEN}  await Chat.create({ from: 'a', to: 'b', msg: 'c', created_at: new Date() });\n`]],
    },
    alike: {
      'index.js': [
        [
          FIND,
          `await Chat.collection.updateOne({ from: 'x' }, { $set: { created_at: new Date() } }, { upsert: true });\n  ${FIND}`,
        ],
      ],
    },
    right: {
      'index.js': [
        [
          OPEN,
          `${OPEN}  if (process.argv[2] === 'fill') await Chat.create({ from: 'a', to: 'b', msg: 'c', created_at: new Date() });\n`,
        ],
      ],
    },
  },
  'other-collection': {
    exercise: CRUD,
    has: { 'models/book.js': [["mongoose.model('Book'", "mongoose.model('Novel'"]] },
    alike: { 'index.js': [['  await book.save();\n', '']] },
    right: {
      'models/book.js': [["mongoose.model('Book', bookSchema)", "mongoose.model('Novel', bookSchema, 'books')"]],
    },
  },
  'connect-not-awaited': {
    exercise: CONNECT,
    has: { 'index.js': [[STRICT, STRICT.replace('await ', '')]] },
    alike: { 'index.js': [['mongoose.connection.name', 'mongoose.connection.title']] },
    right: { 'index.js': [[STRICT, `${STRICT.replace('await ', 'const connecting = ')}\n    await connecting;`]] },
  },
  'selection-timeout': {
    exercise: CONNECT,
    has: { 'index.js': [[', { serverSelectionTimeoutMS: 1000 }', '']] },
    alike: {
      'index.js': [
        ['    process.exitCode = 1;\n', '    setInterval(() => {}, 1000);\n'],
        ["console.error('cannot reach the database')", "console.error('no database')"],
      ],
    },
    right: {
      'index.js': [
        [
          STRICT,
          `await Promise.race([mongoose.connect(address), new Promise((_, reject) => setTimeout(reject, 1000).unref())]);`,
        ],
        ['process.exitCode = 1;', 'process.exit(1);'],
      ],
    },
  },
  'unknown-document': {
    exercise: CRUD,
    has: {
      'index.js': [
        ['const book = await Book.findById(id);\n  if (!book) return fail();', 'const book = await Book.findById(id);'],
      ],
    },
    alike: {
      'index.js': [
        [
          'const book = await Book.findById(id);\n  if (!book) return fail();',
          'const book = await Book.findById(id);\n  if (!book) return console.log(null);',
        ],
      ],
    },
    right: { 'index.js': [['if (!book) return fail();', 'if (book === null) return fail();']] },
  },
});
