const base = process.argv[2];

async function price(name) {
  const response = await fetch(`${base}/${name}`);
  if (response.status === 404) throw new Error(`${name}: ${response.status}`);
  const { price } = await response.json();
  return price;
}

async function main() {
  const prices = await Promise.all(['tea', 'coffee', 'milk'].map(price));
  console.log(`Total: ${prices.reduce((sum, price) => sum + price, 0)}`);
}

main().catch((error) => {
  console.error(`No total: ${error.message}`);
  process.exitCode = 1;
});
