const MongoClient = require('mongodb').MongoClient;
const [roll, name, city] = process.argv.slice(2);

MongoClient.connect('mongodb://127.0.0.1:27017', function (err, client) {
  if (err) throw err;
  const students = client.db('school').collection('students');
  students.insertOne({ _id: Number(roll), name, city }, function (err, result) {
    if (err) {
      console.error(`${roll} is taken`);
      process.exit(1);
    }
    console.log(`added ${result.insertedId}`);
    client.close();
  });
});
