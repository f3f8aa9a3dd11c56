const express = require('express');
const path = require('node:path');
const users = [
  {
    "username": "hamza",
    "name": "Hamza Tariq",
    "followers": 1200,
    "posts": [
      { "text": "First snow in Skardu", "likes": 310 },
      { "text": "Tea by the river", "likes": 87 }
    ]
  },
  {
    "username": "maham",
    "name": "Maham Iqbal",
    "followers": 45,
    "posts": []
  }
];

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.use(express.static(path.join(__dirname, 'public')));

app.get('/', (req, res) => {
  res.send('<h1>Photo wall</h1>');
});

app.get('/ig/:username', (req, res) => {
  const { username } = req.params;
  const user = users.find((one) => one.username === username);
  if (!user) {
    return res.status(404).render('error', { username });
  }
  res.render('profile', { user });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
