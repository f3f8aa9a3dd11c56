const [first, second] = process.argv.slice(2);

if (first === '--hex') {
  console.log(Buffer.from(second, 'hex').toString());
} else {
  const bytes = Buffer.from(first);
  console.log(`bytes: ${bytes.length}`);
  console.log(`first: ${bytes[0]}`);
  console.log(`hex: ${bytes.toString('hex')}`);
  console.log(`base64: ${bytes.toString('base64url')}`);
}
