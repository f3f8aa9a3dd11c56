const path = require('node:path');
const fs = require('node:fs');
const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: true }));
app.use('/uploads', express.static(path.join(__dirname, 'uploads')));

app.post('/photos', (req, res) => {
  fs.writeFileSync(path.join(__dirname, 'uploads', 'photo.png'), req.body.photo);
  res.status(201).json({ file: 'photo.png' });
});

app.listen(3000);
