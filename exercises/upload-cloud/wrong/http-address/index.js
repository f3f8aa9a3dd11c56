const { v2: cloudinary } = require('cloudinary');

async function main() {
  const { url } = await cloudinary.uploader.upload(process.argv[2], { folder: 'pets' });
  console.log(url);
}

main().catch((error) => {
  console.error(`The picture was not stored: ${error.message}`);
  process.exitCode = 1;
});
