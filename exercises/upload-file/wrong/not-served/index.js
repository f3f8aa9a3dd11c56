const path = require('node:path');
const { randomUUID } = require('node:crypto');
const express = require('express');
const multer = require('multer');

const folder = path.join(__dirname, 'uploads');
const storage = multer.diskStorage({
  destination: folder,
  filename: (req, file, done) => done(null, randomUUID() + path.extname(file.originalname)),
});
const upload = multer({
  storage,
  limits: { fileSize: 100_000 },
  fileFilter: (req, file, done) => done(null, file.mimetype.startsWith('image/')),
});

const app = express();

app.post('/photos', upload.single('photo'), (req, res) => {
  if (!req.file) return res.status(400).json({ error: 'Send a picture in the field photo.' });
  res.status(201).json({ file: req.file.filename });
});

app.use((error, req, res, next) => {
  if (error.code === 'LIMIT_FILE_SIZE') return res.status(413).json({ error: 'The picture is too large.' });
  next(error);
});

app.listen(3000);
