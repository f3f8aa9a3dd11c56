const [base, command, value] = process.argv.slice(2);

async function ask(path, options) {
  const response = await fetch(`${base}${path}`, options);
  if (!response.ok) throw new Error(`the server answers with ${response.status}`);
  const text = await response.text();
  return path === '/contacts' && !text.startsWith('{') ? {} : JSON.parse(text);
}

async function show(id) {
  const { name, city } = await ask(`/contacts/${encodeURIComponent(id)}`);
  console.log(`${name}, ${city}`);
}

async function find(likes) {
  const contacts = await ask(`/contacts?${new URLSearchParams({ likes })}`);
  for (const { name } of contacts) console.log(name);
}

async function add(name) {
  const contact = await ask('/contacts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  console.log(`Added ${contact.name} with the id ${contact.id}`);
}

async function main() {
  const commands = { show, find, add };
  if (!Object.hasOwn(commands, command)) throw new Error('use show, find or add');
  await commands[command](value);
}

main().catch((error) => {
  console.error(`It did not work: ${error.message}`);
  process.exitCode = 1;
});
