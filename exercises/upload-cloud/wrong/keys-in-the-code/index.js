const { v2: cloudinary } = require('cloudinary');

cloudinary.config({ cloud_name: 'demo', api_key: '123', api_secret: 'abc' });

async function main() {
  const { secure_url } = await cloudinary.uploader.upload(process.argv[2], { folder: 'pets' });
  console.log(secure_url);
}

main().catch((error) => {
  console.error(`The picture was not stored: ${error.message}`);
  process.exitCode = 1;
});
