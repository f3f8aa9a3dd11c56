const mongoose = require('mongoose');
const Member = require('./models/member');

function refuse(faults) {
  for (const [field, message] of Object.entries(faults)) console.error(`${field}: ${message}`);
  process.exitCode = 1;
}

async function add(json) {
  const member = await Member.create(JSON.parse(json));
  console.log(`saved ${member.name}`);
}

async function age(email, years) {
  const member = await Member.findOneAndUpdate({ email }, { age: years }, { runValidators: true });
  if (!member) return refuse({ email: 'nobody has this address' });
  console.log(`saved ${member.name}`);
}

async function main() {
  const [command, ...rest] = process.argv.slice(2);
  await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/club');
  await Member.init();
  try {
    await { add, age }[command](...rest);
  } catch (error) {
    if (error.name === 'ValidationError') {
      refuse(Object.fromEntries(Object.entries(error.errors).map(([field, { message }]) => [field, message])));
    } else {
      throw error;
    }
  } finally {
    await mongoose.disconnect();
  }
}

main();
