const { v2: cloudinary } = require('cloudinary');

async function main() {
  const { secure_url } = await cloudinary.uploader.upload(process.argv[2], { folder: 'pets' });
  console.log(secure_url);
}

main().catch((error) => {
  console.log(`The picture was not stored: ${error.message}`);
  process.exitCode = 1;
});
